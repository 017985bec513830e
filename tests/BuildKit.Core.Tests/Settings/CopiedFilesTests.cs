using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.Settings;

public sealed class CopiedFilesTests
{
    [TestCase("a/x.txt", "", "", "/app/ x.txt")]
    [TestCase("a/x.txt", "/etc/", "", "/etc/ x.txt")]
    [TestCase("a/x.txt", "/etc/y.txt", "", "/etc/ y.txt")]
    [TestCase("a/x.txt", "/y", "", "/ y")]
    [TestCase("a/x.txt", "/docs", "deep/er/", "/docs/ deep/er/x.txt", Description = "found by a pattern")]
    [TestCase("a", "/docs", "", "/docs/ b/y.txt, /docs/ x.txt")]
    [TestCase("a/", "", "", "/app/ b/y.txt, /app/ x.txt")]
    public void A_file_gets_its_place(string include, string target, string within, string expected)
    {
        using var project = new TestSettings().Published();
        project.Folder.Write("a/x.txt");
        project.Folder.Write("a/b/y.txt");
        project.Item("BuildKitCopy", include, ("Destination", target), ("RecursiveFolder", within));
        var copies = project.ReadRight().PublishOutput!.Copies;
        Assert.That(string.Join(", ", copies.Select(file => $"{file.Folder} {file.Name}")), Is.EqualTo(expected));
        Assert.That(copies.Select(file => file.Source), Has.All.StartsWith(project.Folder.Full("a/")).And.All.Matches<string>(File.Exists));
    }

    [Test]
    public void The_last_item_of_a_place_wins()
    {
        using var project = new TestSettings().Published();
        project.Folder.Write("a");
        project.Folder.Write("b/a");
        project.Item("BuildKitCopy", "a", ("Destination", "/x/"))
            .Item("BuildKitCopy", "b/a", ("Destination", "/x/"), ("Mode", "0640"), ("Owner", "app:0"));
        Assert.That(project.ReadRight().PublishOutput!.Copies,
            Is.EqualTo(new[] { new CopiedFile(project.Folder.Full("b/a"), "/x/", "a", "0640", "app:0") }));
    }

    [TestCase("")]
    [TestCase("deep/")]
    public void A_pattern_needs_the_slash_of_a_folder(string within)
    {
        using var project = new TestSettings().Published();
        project.Folder.Write("a");
        project.Folder.Write("b");
        project.Item("BuildKitCopy", "a", ("Destination", "/docs")).Item("BuildKitCopy", "b", ("Destination", "/docs"), ("RecursiveFolder", within));
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => (found.Code, found.Location?.Line)), Is.EqualTo(new[] { ("BK2001", (int?)6) }));
    }

    [TestCase("none", "Destination", "/x", "BK2031")]
    [TestCase("a", "Destination", "x", "BK2001")]
    [TestCase("a", "Destination", "/x/../y", "BK2001")]
    [TestCase("a", "Mode", "rw", "BK2001")]
    [TestCase("a", "Mode", "0888", "BK2001")]
    [TestCase("a", "Owner", "a b", "BK2001")]
    public void What_is_wrong_is_told_at_its_line(string include, string name, string value, string code)
    {
        using var project = new TestSettings().Published();
        project.Folder.Write("a");
        project.Item("BuildKitCopy", include, (name, value));
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => (found.Code, found.Location?.Line)), Is.EqualTo(new[] { (code, (int?)5) }));
    }
}
