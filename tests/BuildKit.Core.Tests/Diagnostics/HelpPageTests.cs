using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class HelpPageTests
{
    [Test]
    public void A_code_leads_to_its_place_on_the_page_of_the_package()
    {
        using var folder = new TestFolder();
        var tools = folder.Make("tools/net8.0");
        var page = folder.Write("docs/diagnostics.html", "<h3 id=\"bk1001\">BK1001</h3>");
        Assert.That(HelpPage.Link("BK1001", "", tools), Is.EqualTo(new Uri(page).AbsoluteUri + "#bk1001"));
    }

    [Test]
    public void A_package_without_a_page_gives_no_link()
    {
        using var folder = new TestFolder();
        Assert.That(HelpPage.Link("BK1001", "", folder.Full("tools/net8.0")), Is.Null);
    }

    [TestCase("https://docs.example.com/1.0")]
    [TestCase("https://docs.example.com/1.0/")]
    public void Where_the_documents_stand_wins(string url) =>
        Assert.That(HelpPage.Link("BK1001", url, ""), Is.EqualTo("https://docs.example.com/1.0/diagnostics.md#bk1001"));
}
