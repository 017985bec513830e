using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>A code's help link, which a terminal shows behind the code, opens the page of the installed package at that code.</summary>
public sealed class HelpLinkStory : Story
{
    [Test]
    public async Task An_error_leads_to_its_place_on_the_page_of_the_installed_version()
    {
        WriteConsole("<BuildKitTimeout>x</BuildKitTimeout>");
        var result = await Project.PublishAsync();
        result.FailedWith("BK1033");
        var link = Regex.Match(await result.UnpackedLogAsync(), @"file://[^\s#]*/docs/diagnostics\.html#bk1033").Value;
        Assert.That(link, Does.Contain(Machine.Feed.Version));
        Assert.That(await File.ReadAllTextAsync(new Uri(link).LocalPath), Does.Contain("<h3 id=\"bk1033\">"));
    }
}
