using System.Xml.Linq;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class DiagnosticsPageTests
{
    [TestCase("docs/diagnostics.md", nameof(DiagnosticsPage))]
    [TestCase("docs/diagnostics.html", nameof(DiagnosticsHtml))]
    public void The_page_in_the_repository_is_the_catalogue(string file, string from)
    {
        var page = Path.Combine(Root(), file);
        var expected = from == nameof(DiagnosticsHtml) ? DiagnosticsHtml.Render() : DiagnosticsPage.Render();
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(page, expected);
        }

        var found = File.Exists(page) ? File.ReadAllText(page).ReplaceLineEndings("\n") : "";
        Assert.That(found, Is.EqualTo(expected), "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
    }

    [Test]
    public void Every_code_has_a_heading() =>
        Assert.That(
            DiagnosticsPage.Render().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]),
            Is.EqualTo(DiagnosticCatalogue.All.Select(entry => entry.Code)));

    [Test]
    public void Every_code_has_a_place_in_the_page_for_browsers()
    {
        var page = XDocument.Parse(DiagnosticsHtml.Render());
        Assert.That(
            page.Descendants("h3").Select(heading => heading.Attribute("id")!.Value),
            Is.EqualTo(DiagnosticCatalogue.All.Select(entry => entry.Code.ToLowerInvariant())));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BuildKit.Tasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The solution is not above the tests.");
        }

        return folder;
    }
}
