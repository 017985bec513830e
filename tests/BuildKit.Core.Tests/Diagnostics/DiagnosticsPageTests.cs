using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class DiagnosticsPageTests
{
    private static string Page => Path.Combine(Root(), "src", "BuildKit.Core", "Diagnostics", "README.md");

    [Test]
    public void The_page_in_the_repository_is_the_catalogue()
    {
        var expected = DiagnosticsPage.Render();
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Page, expected);
        }

        var found = File.Exists(Page) ? File.ReadAllText(Page).ReplaceLineEndings("\n") : "";
        Assert.That(found, Is.EqualTo(expected), "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
    }

    [Test]
    public void Every_code_has_a_heading() =>
        Assert.That(
            DiagnosticsPage.Render().Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]),
            Is.EqualTo(DiagnosticCatalogue.All.Select(entry => entry.Code)));

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
