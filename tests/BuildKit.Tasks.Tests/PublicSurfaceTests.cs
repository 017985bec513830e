using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Images;

namespace BuildKit.Tasks.Tests;

/// <summary>Every name that a project may write or read, in one approved list and in the reference.</summary>
public sealed partial class PublicSurfaceTests
{
    [Test]
    public void Is_the_approved_one() => Repository.AssertApproved("nuget/public-surface.txt", Surface());

    [Test]
    public void Stands_in_the_reference()
    {
        Assert.That(Surface(), Has.Count.GreaterThan(200));
        var lines = RowsWithWhatStandsAbove(File.ReadAllLines(Repository.PathOf("docs/reference.md"))).ToList();
        bool Says(string line, string name) => Regex.IsMatch(line, $@"`[^`]*\b{Regex.Escape(name)}\b[^`]*`");
        // A metadata stands in a line about its item; that of nearly all items has a sentence of its own.
        var missing = Surface().Where(name => name.Split(' ')[1].Split('.') is [var item, var metadata]
            ? !lines.Any(line => Says(line, metadata) && (Says(line, item) || line.StartsWith("Each of these items takes", StringComparison.Ordinal)))
            : !lines.Any(line => Says(line, name.Split(' ')[1])));
        Assert.That(missing, Is.Empty);
    }

    // A table is about what the line above it names.
    private static IEnumerable<string> RowsWithWhatStandsAbove(IEnumerable<string> lines)
    {
        var above = "";
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var isRow = line.StartsWith('|');
            above = isRow ? above : line;
            yield return isRow ? above + " " + line : line;
        }
    }

    [Test]
    public void Is_all_that_the_reference_names()
    {
        // Variables of Azure Pipelines.
        string[] known = ["BuildKitReference", "BuildKitDigest", .. Surface().Select(line => line.Split(' ', '.')[1])];
        var named = Regex.Matches(File.ReadAllText(Repository.PathOf("docs/reference.md")), @"\bBuildKit[A-Z]\w+").Select(match => match.Value)
            .Distinct();
        Assert.That(named.Except(known), Is.Empty);
    }

    [Test]
    public void Has_no_name_that_is_both_a_property_and_a_target()
    {
        var names = Surface().Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[1]);
        Assert.That(names["property"].Intersect(names["target"]), Is.Empty);
        Assert.That(names["property"].Intersect(names["item"]),
            Is.SubsetOf(new[] { "ContainerImageTags", "ContainerRegistry", "BuildKitDevSpaceVar" }));
        Assert.That(names["target"], Has.All.StartsWith("BuildKit").And.Not.Empty);
    }

    /// <summary>The names of properties, items and targets.</summary>
    internal static IReadOnlyCollection<string> Names() => [.. Surface().Select(line => line.Split(' ', '.')[1])];

    private static HashSet<string> Surface()
    {
        var surface = new HashSet<string>(StringComparer.Ordinal);
        var files = Repository.Files("build", "*.targets").Concat(Repository.Files("build", "*.props"))
            .Concat(Repository.Files("nuget/Sdk", "*")).Concat(Repository.Files("nuget/buildMultiTargeting", "*"));
        foreach (var file in files)
        {
            var project = XDocument.Load(file);
            foreach (var target in project.Descendants("Target").Select(target => target.Attribute("Name")!.Value).Where(IsOurs))
            {
                surface.Add("target " + target);
            }

            foreach (var property in project.Descendants("PropertyGroup").Elements().Select(element => element.Name.LocalName).Where(IsPublic))
            {
                surface.Add("property " + property);
            }

            foreach (var item in project.Descendants("ItemGroup").Elements().Where(element => IsPublic(element.Name.LocalName)))
            {
                surface.Add("item " + item.Name.LocalName);
                surface.UnionWith(item.Elements().Select(metadata => $"metadata {item.Name.LocalName}.{metadata.Name.LocalName}"));
            }

            foreach (var output in project.Descendants("Output").Select(output => output.Attribute("ItemName")?.Value ?? "").Where(IsPublic))
            {
                surface.Add("item " + output);
            }

            // Read is as public as set.
            foreach (var text in project.Descendants()
                .SelectMany(element => element.Attributes().Select(attribute => attribute.Value).Append(element.HasElements ? "" : element.Value)))
            {
                surface.UnionWith(PropertyReference().Matches(text).Select(match => match.Groups[1].Value).Where(IsPublic)
                    .Select(name => "property " + name));
                surface.UnionWith(ItemReference().Matches(text).Select(match => match.Groups[1].Value).Where(IsPublic)
                    .Select(name => "item " + name));
            }
        }

        AddInputMetadata(surface);
        surface.UnionWith(TaskItems.FromImage(new BuiltImage { Name = "x", References = [] }) is var image
            ? TaskItems.Metadata(image).Keys.Select(name => "metadata BuildKitImage." + name) : []);
        surface.UnionWith(TaskItems.Metadata(StepItems.Of(StepItemsTests.Report)[^1]).Keys.Select(name => "metadata BuildKitStep." + name));
        return surface;
    }

    // The core reads an item and then its metadata, by their names in the project.
    private static void AddInputMetadata(HashSet<string> surface)
    {
        foreach (var file in Repository.Files("src/BuildKit.Core/Settings", "*.cs"))
        {
            var item = "";
            foreach (Match match in MetadataReading().Matches(File.ReadAllText(file)))
            {
                item = match.Groups[1].Success ? match.Groups[1].Value : item;
                if (match.Groups[2].Success && IsPublic(item))
                {
                    surface.Add($"metadata {item}.{match.Groups[2].Value}");
                }
            }
        }

        surface.UnionWith(
            surface.Where(line => line.StartsWith("item BuildKit", StringComparison.Ordinal)
                && line is not ("item BuildKitImage" or "item BuildKitImageDefinition" or "item BuildKitProject" or "item BuildKitDriverOption"
                    or "item BuildKitNode" or "item BuildKitRegistry" or "item BuildKitDevSpaceVar"))
            .Select(line => $"metadata {line[5..]}.Image").ToList());
        surface.Add("metadata BuildKitDriverOption.Value");
        surface.Add("metadata BuildKitDevSpaceVar.Value");
        // Read in the core's folder Builders. A node takes each option of its driver besides (DriverOptions).
        surface.UnionWith(new[] { "Endpoint", "Platforms", "Flags" }.Select(name => "metadata BuildKitNode." + name));
        surface.UnionWith(
            new[] { "Http", "Insecure", "CertificateAuthority", "ClientCertificate", "ClientKey",
                "Mirrors" }.Select(name => "metadata BuildKitRegistry." + name));
    }

    private static bool IsOurs(string name) => name.StartsWith("BuildKit", StringComparison.Ordinal);

    // Ours, the SDK's for containers, and Visual Studio's for Dockerfiles.
    private static bool IsPublic(string name) => PublicName().IsMatch(name);

    [GeneratedRegex(
        "^(BuildKit|Container|GeneratedContainer|GeneratedArchive|GeneratedImageIndex$|Dockerfile|RegistryUrl$|PublishImageTag$"
            + "|AutoGenerateImageTag$)")]
    private static partial Regex PublicName();

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex PropertyReference();

    [GeneratedRegex(@"@\((\w+)")]
    private static partial Regex ItemReference();

    [GeneratedRegex("(?:settings, |ItemsOf\\(|Items\\.GetValueOrDefault\\()\"(\\w+)\"|(?:item\\[|item\\.Metadata\\.GetValueOrDefault\\()\"(\\w+)\"")]
    private static partial Regex MetadataReading();
}
