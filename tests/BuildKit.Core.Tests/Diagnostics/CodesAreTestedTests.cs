using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

/// <summary>
/// Each code is raised by a test. Which tests raise which codes cannot be seen at run time across suites, so the sources of
/// all suites are looked through: a code counts where a test expects it, and not in a comment or in the tests of the catalogue.
/// </summary>
public sealed partial class CodesAreTestedTests
{
    private static readonly string[] AboutTheCatalogue = ["DiagnosticCatalogueTests.cs", "DiagnosticExamplesTests.cs", "DiagnosticsPageTests.cs",
        "CodesAreTestedTests.cs"];

    private static readonly Lazy<HashSet<string>> LazyExpected = new(Expected);

    private static IEnumerable<string> Codes => DiagnosticCatalogue.All.Select(entry => entry.Code);

    [TestCaseSource(nameof(Codes))]
    public void A_test_raises(string code) =>
        Assert.That(LazyExpected.Value, Does.Contain(code), "no test expects this code: write one that raises it");

    private static HashSet<string> Expected()
    {
        var tests = Path.GetFullPath(Path.Combine(SourceFolder.Of(""), ".."));
        // The text files are what DevSpace and compose files must give.
        var sources = Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(tests, "*.txt", SearchOption.AllDirectories))
            .Where(file => !AboutTheCatalogue.Contains(Path.GetFileName(file)) && !Build().IsMatch(file[tests.Length..]));
        return sources.SelectMany(file => Code().Matches(Comment().Replace(File.ReadAllText(file), "")).Select(match => match.Value)).ToHashSet();
    }

    [GeneratedRegex(@"\bBK[0-9]{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex("^ *//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex Build();
}
