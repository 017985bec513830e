using System.Text.RegularExpressions;

using System.Xml.Linq;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Tasks.Tests;

/// <summary>The documents: every link leads somewhere, and every name in them is one that projects, tasks or diagnostics have.</summary>
public sealed partial class DocumentsTests
{
    // Where a link to another site may lead: documents of what the package works with.
    private static readonly string[] Sites =
        ["github.com/moby/buildkit", "msbuildlog.com", "docs.docker.com", "keepachangelog.com", "semver.org", "docs.example.com"];

    private static readonly string[] Pages =
    [
        "README.md", "nuget/PACKAGE.md", "nuget/CHANGELOG.md", "nuget/templates/README.md", "tests/README.md", "tests/engine/README.md",
        .. Directory.GetFiles(Repository.PathOf(".github"), "*.md").Select(file => ".github/" + Path.GetFileName(file)),
        .. Repository.Files("docs", "*.md").Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
    ];

    /// <summary>The pages that people write; the others are made from the catalogue, or tell history.</summary>
    internal static IEnumerable<string> Written => Pages.Where(page => page is not ("docs/diagnostics.md" or "nuget/CHANGELOG.md"));

    [TestCaseSource(nameof(Pages))]
    public void Links_lead_to_a_file_and_a_heading(string page)
    {
        foreach (Match link in Link().Matches(WithoutBlocks(Read(page))))
        {
            var target = link.Groups["target"].Value;
            if (target.StartsWith("http", StringComparison.Ordinal))
            {
                Assert.That(Sites.Any(site => Regex.IsMatch(target, $"^https://{Regex.Escape(site)}(/|$)")), Is.True, target);
                continue;
            }

            // The package's page lies above the folder "docs" in the package.
            var folder = page == "nuget/PACKAGE.md" ? "" : Path.GetDirectoryName(page)!;
            var (file, heading) = target.Split('#') is [var one, var two] ? (one, two) : (target, "");
            var path = Path.GetFullPath(Repository.PathOf(file.Length == 0 ? page : Path.Combine(folder, file)));
            Assert.That(Path.Exists(path), Is.True, $"{page}: {target}");
            Assert.That(heading.Length == 0 || Headings(File.ReadAllText(path)).Contains(heading), Is.True, $"{page}: {target}");
            if (page.StartsWith("docs/", StringComparison.Ordinal))
            {
                Assert.That(path, Does.StartWith(Repository.PathOf("docs")), $"{page}: {target} is not in the package");
            }
        }
    }

    [Test]
    public void Every_page_is_linked_from_the_first_one()
    {
        var links = Link().Matches(Read("README.md")).Select(link => link.Groups["target"].Value.Split('#')[0]).ToHashSet();
        Assert.That(Pages.Where(page => Path.GetDirectoryName(page) == "docs").Except(links), Is.Empty);
    }

    [TestCaseSource(nameof(Written))]
    public void Names_are_those_of_the_package(string page)
    {
        string[] known =
        [
            // Variables of Azure Pipelines, and names of the package and its files.
            "BuildKitReference", "BuildKitDigest", .. PublicSurfaceTests.Names(),
        ];
        var text = Read(page);
        var named = OurName().Matches(text).Select(match => match.Value)
            .Concat(GlobalProperty().Matches(text).Select(match => match.Groups[1].Value)
                .Where(name => name.StartsWith("Container", StringComparison.Ordinal)));
        Assert.That(named.Distinct().Except(known), Is.Empty);
    }

    [TestCaseSource(nameof(Written))]
    public void Codes_are_in_the_catalogue(string page) =>
        Assert.That(
            Code().Matches(Read(page)).Select(match => match.Value).Distinct().Except(DiagnosticCatalogue.All.Select(entry => entry.Code)),
            Is.Empty);

    [TestCaseSource(nameof(Written))]
    public void What_looks_like_a_part_of_a_project_is_one(string page)
    {
        var snippets = Inline(Read(page))
            .Where(text => text.StartsWith('<') && text.EndsWith('>') && text.Contains('/') && !text.Contains('…'));
        foreach (var snippet in snippets)
        {
            Assert.That(() => XElement.Parse($"<Project>{snippet}</Project>"), Throws.Nothing, snippet);
            var names = XElement.Parse($"<Project>{snippet}</Project>").Elements().Select(element => element.Name.LocalName)
                .Where(name => name.StartsWith("BuildKit", StringComparison.Ordinal));
            Assert.That(names.Except(PublicSurfaceTests.Names()), Is.Empty, snippet);
        }
    }

    [Test]
    public void The_changelog_is_by_version_and_date()
    {
        var headings = Regex.Matches(Read("nuget/CHANGELOG.md"), "^##+ .*$", RegexOptions.Multiline).Select(match => match.Value).ToList();
        Assert.That(headings[0], Is.EqualTo("## [Unreleased]"));
        Assert.That(
            headings.Skip(1),
            Has.All.Match(@"^(## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}|### (Added|Changed|Deprecated|Removed|Fixed|Security))$"));
    }

    /// <summary>The text of a page.</summary>
    internal static string Read(string page) => File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");

    /// <summary>What stands between backticks in the lines of a page.</summary>
    internal static IEnumerable<string> Inline(string text) => CodeSpan().Matches(WithoutBlocks(text)).Select(match => match.Groups[1].Value);

    private static string WithoutBlocks(string text) => Block().Replace(text, "");

    private static IEnumerable<string> Headings(string text) => Heading().Matches(WithoutBlocks(text))
        .Select(match => Regex.Replace(match.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<![\w./])BuildKit[A-Z]\w+")]
    private static partial Regex OurName();

    [GeneratedRegex(@"-p:(\w+)=")]
    private static partial Regex GlobalProperty();

    [GeneratedRegex(@"\bBK\d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex CodeSpan();
}
