using BuildKit.Core.BuildContexts;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class ContextFilesTests
{
    [Test]
    public void Files_and_empty_directories_come_in_ordinal_order()
    {
        using var folder = new TestFolder();
        folder.Write("b/x");
        folder.Write("a-b");
        folder.Write("a/z");
        folder.Write("C");
        folder.Make("empty");
        Assert.That(List(folder, ""), Is.EqualTo("C a a-b a/z b b/x empty"));
    }

    [Test, NotUnderWine(Wine.Links)]
    public void Links_are_entries_and_are_not_entered()
    {
        using var folder = new TestFolder();
        folder.Write("b/x");
        File.CreateSymbolicLink(folder.Full("link"), "missing");
        Directory.CreateSymbolicLink(folder.Full("linked"), folder.Full("b"));
        Assert.That(List(folder, ""), Is.EqualTo("b b/x link linked"));
    }

    [Test, Platform("Linux", Reason = "elsewhere two such names are one")]
    public void Names_that_differ_in_case_alone_are_two()
    {
        using var folder = new TestFolder();
        folder.Write("b/x");
        folder.Write("B");
        Assert.That(List(folder, ""), Is.EqualTo("B b b/x"));
    }

    [Test]
    public void What_is_ignored_is_left_out_but_not_the_folder_of_an_exception()
    {
        using var folder = new TestFolder();
        folder.Write("docs/a/keep");
        folder.Write("docs/a/drop");
        folder.Write("docs/b/drop");
        folder.Write("src/x.cs");
        Assert.That(List(folder, "docs\n!docs/a/keep"), Is.EqualTo("docs docs/a docs/a/keep src src/x.cs"));
    }

    [Test]
    public void An_ignored_folder_whose_exception_matches_nothing_is_left_out()
    {
        using var folder = new TestFolder();
        folder.Write("docs/a/drop");
        folder.Write("later");
        Assert.That(List(folder, "docs\n!docs/**/keep"), Is.EqualTo("later"));
    }

    [Test, NotUnderWine(Wine.Links)]
    public void A_link_to_an_ignored_folder_is_not_entered()
    {
        using var folder = new TestFolder();
        folder.Write("real/keep");
        Directory.CreateSymbolicLink(folder.Full("link"), folder.Full("real"));
        Assert.That(List(folder, "link\n!link/keep"), Is.EqualTo("real real/keep"));
    }

    [Test]
    public void An_excluded_directory_does_not_count_at_all()
    {
        using var folder = new TestFolder();
        folder.Write("obj/x");
        folder.Write("src/obj/y");
        var entries = ContextFiles.List(folder.Path, DockerIgnore.None, [folder.Full("obj") + "/"]);
        Assert.That(entries.Select(entry => entry.Path), Is.EqualTo(new[] { "src", "src/obj", "src/obj/y" }));
    }

    [Test]
    public void A_missing_context_is_an_exception() =>
        Assert.That(() => ContextFiles.List("/no/such/folder", DockerIgnore.None), Throws.InstanceOf<DirectoryNotFoundException>());

    [Test]
    public void The_walk_and_the_question_for_one_path_agree()
    {
        using var folder = new TestFolder();
        string[] names = ["a", "b", "keep"];
        foreach (var path in from x in names from y in names from z in names select $"{x}/{y}d/{z}.txt")
        {
            folder.Write(path);
        }

        foreach (var rules in new[] { "a\n!a/ad", "**\n!**/keep*", "*/bd\n!a\n!b/bd/a.txt", "a/bd\n!a", "**/*.txt\n!keep/**\nkeep/ad" })
        {
            var ignore = DockerIgnore.Parse(rules);
            var listed = ContextFiles.List(folder.Path, ignore).Where(entry => entry.Stamp.Kind == FileKind.File).Select(entry => entry.Path);
            var asked = ContextFiles.List(folder.Path, DockerIgnore.None)
                .Where(entry => entry.Stamp.Kind == FileKind.File && !ignore.IsIgnored(entry.Path)).Select(entry => entry.Path);
            Assert.That(listed, Is.EqualTo(asked), rules);
        }
    }

    private static string List(TestFolder folder, string rules) =>
        string.Join(' ', ContextFiles.List(folder.Path, DockerIgnore.Parse(rules)).Select(entry => entry.Path));
}
