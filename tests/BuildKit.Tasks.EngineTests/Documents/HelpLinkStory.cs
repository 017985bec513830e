using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>A code's help link, which a terminal shows behind the code, opens the page of the installed package at that code.</summary>
public sealed class HelpLinkStory : Story
{
    [Test]
    public async Task An_error_leads_to_its_place_on_the_page_of_the_installed_version()
    {
        WriteConsole("<BuildKitTimeout>x</BuildKitTimeout>");
        var terminal = Project.EnvironmentWith(new Dictionary<string, string?> { ["TERM"] = "xterm-256color" });
        var result = await Command.RunAsync("dotnet", ["publish", "-tl:on"], Project.Folder, terminal);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        var link = Regex.Match(result.Output, @"\x1b\]8;;(file://[^\x1b]*#bk1033)").Groups[1].Value;
        Assert.That(link, Does.Contain(Machine.Feed.Version));
        Assert.That(await File.ReadAllTextAsync(new Uri(link).LocalPath), Does.Contain("<h3 id=\"bk1033\">"));
    }
}
