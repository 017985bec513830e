using BuildKit.Core.BuildContexts;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Staging;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StagingFolderTests : IDisposable
{
    private const int File644 = 0b110_100_100;
    private const int File755 = 0b111_101_101;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase("[id].js")]
    [TestCase("a$b.txt")]
    [TestCase("a b  c.txt")]
    [TestCase("größe/日本.dll")]
    [TestCase(".hidden")]
    [TestCase("--from=x")]
    [TestCase("deep/er/and/deeper/f")]
    public void Odd_names_keep_their_place(string name)
    {
        folder.Write("out/" + name, "content");
        Assert.That(Fill(), Is.EqualTo(new[] { PublishLayer.Application }));
        Assert.That(File.ReadAllText(folder.Full("context/application/" + name)), Is.EqualTo("content"));
        Assert.That(Directory.GetFiles(folder.Full("context"), "*", SearchOption.AllDirectories), Has.Length.EqualTo(1));
    }

    [TestCase("back\\slash.txt"), TestCase("new\nline.txt"), TestCase("*.txt")]
    [Platform(Exclude = "Win", Reason = "no names there")]
    public void And_those_that_only_Unix_has(string name) => Odd_names_keep_their_place(name);

    [Platform(Exclude = "Win", Reason = "there are no modes")]
    [TestCase("data", 0b110_000_000, File644)]
    [TestCase("data", 0b111_111_111, File644)]
    [TestCase("#!/bin/sh\n", 0b110_100_100, File755)]
    [TestCase("#!/bin/sh\n", 0b111_000_000, File755)]
    [TestCase("data", 0b100_100_100, File644)]
    [TestCase("data", File644, File644)]
    [TestCase("", File755, File644)]
    public void Files_are_readable_by_everybody_and_programs_can_be_started_whatever_the_disk_says(string content, int published, int staged)
    {
        folder.Write("out/lib/app", content);
        folder.SetMode("out/lib/app", published);
        Fill();
        Assert.That(folder.Mode("context/application/lib/app"), Is.EqualTo(staged));
        Assert.That(folder.Mode("out/lib/app"), Is.EqualTo(published), "the published file is not ours");
    }

    [Test, Platform(Exclude = "Win", Reason = "there are no modes")]
    public void Folders_can_be_entered_by_everybody()
    {
        folder.Write("out/private/app", "x");
        folder.SetMode("out/private", 0b111_000_000);
        Fill();
        foreach (var path in new[] { "context/application", "context/application/private" })
        {
            Assert.That(folder.Mode(path), Is.EqualTo(File755), path);
        }
    }

    [Test]
    public void Each_layer_has_a_folder_and_the_rare_changes_come_first()
    {
        folder.Write("out/app.dll");
        folder.Write("out/p.dll");
        folder.Write("out/runtime.so");
        folder.Write("out/wwwroot/a.js");
        folder.Write("out/de/app.resources.dll");
        var layers = Fill(new()
        {
            ["p.dll"] = PublishLayer.Packages,
            ["runtime.so"] = PublishLayer.Runtime,
            ["wwwroot/a.js"] = PublishLayer.StaticAssets,
            ["de/app.resources.dll"] = PublishLayer.Satellites,
            ["gone.dll"] = PublishLayer.Packages,
        });
        Assert.That(layers, Is.EqualTo(Enum.GetValues<PublishLayer>()));
        Assert.That(Directory.GetFiles(folder.Full("context"), "*", SearchOption.AllDirectories)
            .Select(file => TestFolder.Slashes(Path.GetRelativePath(folder.Full("context"), file))),
            Is.EquivalentTo(new[] { "application/app.dll", "packages/p.dll", "runtime/runtime.so", "staticassets/wwwroot/a.js",
                "satellites/de/app.resources.dll" }));
    }

    [Test]
    public void What_was_staged_before_is_gone()
    {
        folder.Write("out/a");
        Fill();
        File.Delete(folder.Full("out/a"));
        folder.Write("out/b");
        Fill();
        Assert.That(Directory.GetFiles(folder.Full("context/application")), Is.EqualTo(new[] { folder.Full("context/application/b") }));
    }

    [Test, NotUnderWine(Wine.Links)]
    public void A_published_link_to_a_file_becomes_the_file()
    {
        folder.Write("out/lib.so.1", "x");
        File.CreateSymbolicLink(folder.Full("out/lib.so"), "lib.so.1");
        Fill();
        Assert.That(File.ReadAllText(folder.Full("context/application/lib.so")), Is.EqualTo("x"));
    }

    [Test]
    public void A_file_may_become_a_folder_and_back()
    {
        folder.Write("out/a", "file");
        Fill();
        File.Delete(folder.Full("out/a"));
        folder.Write("out/a/b", "in a folder");
        Fill();
        Assert.That(File.ReadAllText(folder.Full("context/application/a/b")), Is.EqualTo("in a folder"));
        Directory.Delete(folder.Full("out/a"), recursive: true);
        folder.Write("out/a", "file");
        Fill();
        Assert.That(File.ReadAllText(folder.Full("context/application/a")), Is.EqualTo("file"));
    }

    // A link or a copy, and on Windows an archive too: the same file, and not another one of its name.
    [TestCase(HostSystem.Linux, "application/package.dll")]
    [TestCase(HostSystem.Windows, "application")]
    public void What_is_still_good_is_not_made_again(HostSystem system, string name)
    {
        folder.Write("out/package.dll", "one");
        folder.SetMode("out/package.dll", 0b111_100_100);
        Thread.Sleep(20);
        Fill(system: system);
        var staged = FileStamp.TryRead(folder.Full("context/" + name))!.Value;
        Assert.That(staged.Inode, Is.Not.Zero);
        Thread.Sleep(20);
        Fill(system: system);
        Assert.That(FileStamp.TryRead(folder.Full("context/" + name)), Is.EqualTo(staged));
        folder.Write("out/package.dll", "other");
        Fill(system: system);
        Assert.That(FileStamp.TryRead(folder.Full("context/" + name)), Is.Not.EqualTo(staged));
    }

    [Test]
    public void Another_version_of_equal_size_and_date_is_noticed()
    {
        folder.Write("out/package.dll", "one");
        folder.SetMode("out/package.dll", 0b111_100_100);
        var date = File.GetLastWriteTimeUtc(folder.Full("out/package.dll"));
        Fill();
        Thread.Sleep(20);
        File.WriteAllText(folder.Full("out/package.dll"), "two");
        File.SetLastWriteTimeUtc(folder.Full("out/package.dll"), date);
        Fill();
        Assert.That(File.ReadAllText(folder.Full("context/application/package.dll")), Is.EqualTo("two"));
    }

    [Test, Platform(Exclude = "Win", Reason = "a link would share the read-only bit")]
    public void Files_of_the_right_mode_take_no_room()
    {
        folder.Write("out/a", "x");
        folder.SetMode("out/a", File644);
        Fill();
        // A hard link: what is written into one is seen in the other.
        File.AppendAllText(folder.Full("out/a"), "y");
        Assert.That(File.ReadAllText(folder.Full("context/application/a")), Is.EqualTo("xy"));
        // And it stays: another build may be reading it. A new one would be a change of its folder.
        var changed = Directory.GetLastWriteTimeUtc(folder.Full("context/application"));
        Thread.Sleep(20);
        Fill();
        Assert.That(Directory.GetLastWriteTimeUtc(folder.Full("context/application")), Is.EqualTo(changed));
    }

    [Test]
    public void What_changes_gets_its_name_in_one_step_and_never_lacks_it()
    {
        folder.Write("out/a", "one");
        folder.SetMode("out/a", 0b110_000_000);
        Fill();
        var staged = folder.Full("context/application/a");
        using var watcher = new FileSystemWatcher(folder.Full("context/application")) { NotifyFilter = NotifyFilters.FileName };
        var gone = 0;
        watcher.Deleted += (_, change) => gone += change.Name == "a" ? 1 : 0;
        watcher.EnableRaisingEvents = true;
        Thread.Sleep(20);
        folder.Write("out/a", "other");
        Fill();
        Thread.Sleep(100);
        Assert.That((File.ReadAllText(staged), gone), Is.EqualTo(("other", 0)));
        Assert.That(Directory.GetFiles(folder.Full("context"), "*", SearchOption.AllDirectories), Has.Length.EqualTo(1), "nothing else is left");
    }

    [Test]
    public void What_a_killed_build_left_goes()
    {
        folder.Write("out/a", "x");
        Fill();
        folder.Write("context/application/a.partial", "half");
        folder.Write("context/rubbish/deep/file");
        Fill();
        Assert.That(Directory.GetFiles(folder.Full("context"), "*", SearchOption.AllDirectories),
            Is.EqualTo(new[] { folder.Full("context/application/a") }));
    }

    [Test]
    public void A_platform_that_is_no_longer_asked_for_goes_and_the_other_stays_as_it_is()
    {
        folder.Write("out/a", "x");
        folder.SetMode("out/a", File644);
        folder.Write("arm/a", "y");
        StagingFolder.Fill([(Output("out"), "linux-x64/"), (Output("arm"), "linux-arm64/")], folder.Full("context"), HostSystem.Linux);
        var changed = Directory.GetLastWriteTimeUtc(folder.Full("context/linux-x64/application"));
        Thread.Sleep(20);
        StagingFolder.Fill([(Output("out"), "linux-x64/")], folder.Full("context"), HostSystem.Linux);
        Assert.That(Directory.GetFileSystemEntries(folder.Full("context")), Is.EqualTo(new[] { folder.Full("context/linux-x64") }));
        Assert.That(Directory.GetLastWriteTimeUtc(folder.Full("context/linux-x64/application")), Is.EqualTo(changed));
    }

    private IReadOnlyList<PublishLayer> Fill(Dictionary<string, PublishLayer>? layers = null, HostSystem system = HostSystem.Linux) =>
        StagingFolder.Fill([(Output("out", layers), "")], folder.Full("context"), system).Single();

    private PublishOutput Output(string name, Dictionary<string, PublishLayer>? layers = null) =>
        new() { Folder = folder.Full(name), BaseImage = "b", Layers = layers ?? [], Config = new() { Command = new() } };
}
