using System.Formats.Tar;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Staging;

/// <summary>What Windows stages, on any system.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StagedArchiveTests : IDisposable
{
    private static readonly DateTime Published = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void An_archive_has_the_modes_that_Linux_gives_folders_before_files_and_one_order()
    {
        Write("out/wwwroot/b.css", "b");
        Write("out/wwwroot/a/x.js", "x");
        Write("out/start.sh", "#!/bin/sh\n");
        Write("out/app.dll", "dll");
        folder.SetMode("out/app.dll", 0b111_101_101);
        Assert.That(Fill(), Is.EqualTo(new[] { PublishLayer.Application }));
        Assert.That(Entries("application"), Is.EqualTo(new[]
        {
            "644 app.dll", "755 start.sh", "755 wwwroot/", "755 wwwroot/a/", "644 wwwroot/a/x.js", "644 wwwroot/b.css",
        }));
    }

    [Test]
    public void Equal_files_are_equal_bytes_wherever_they_are_staged()
    {
        Write("out/a/b.dll", "1");
        Fill();
        var first = File.ReadAllBytes(folder.Full("context/application"));
        Thread.Sleep(20);
        StagingFolder.Fill([(Output(), "")], folder.Full("other"), HostSystem.Windows);
        Assert.That(File.ReadAllBytes(folder.Full("other/application")), Is.EqualTo(first));
    }

    [Test]
    public void An_archive_that_is_still_good_is_not_made_again_and_another_is_replaced()
    {
        Write("out/a.dll", "1");
        Thread.Sleep(20);
        Fill();
        var made = File.GetLastWriteTimeUtc(folder.Full("context/application"));
        Thread.Sleep(20);
        Fill();
        Assert.That(File.GetLastWriteTimeUtc(folder.Full("context/application")), Is.EqualTo(made));
        Write("out/a.dll", "2");
        Fill();
        Assert.That(File.GetLastWriteTimeUtc(folder.Full("context/application")), Is.GreaterThan(made), "equal size and date, another content");
        Assert.That(Directory.GetFiles(folder.Full("context")), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_damaged_archive_is_made_again()
    {
        Write("out/a.dll", "1");
        Fill();
        File.WriteAllText(folder.Full("context/application"), "no archive");
        File.SetLastWriteTimeUtc(folder.Full("context/application"), DateTime.UtcNow.AddHours(1));
        Fill();
        Assert.That(Entries("application"), Is.EqualTo(new[] { "644 a.dll" }));
    }

    [Test]
    public void A_read_only_file_keeps_its_bit_and_what_is_staged_of_it_can_be_replaced()
    {
        Write("out/a.dll", "1");
        Write("config/x.json", "1");
        foreach (var path in new[] { "out/a.dll", "config/x.json" })
        {
            File.SetAttributes(folder.Full(path), FileAttributes.ReadOnly);
        }

        CopiedFile[] copies = [new(folder.Full("config/x.json"), "/etc/x/", "x.json", "", ""),
            new(folder.Full("config/x.json"), "/home/x/", "x.json", "", "app")];
        for (var build = 0; build < 3; build++)
        {
            Fill(copies);
        }

        Assert.That(Entries("copy0"), Is.EqualTo(new[] { "644 x.json" }));
        Assert.That(File.ReadAllText(folder.Full("context/copy1/x.json")), Is.EqualTo("1"), "an owner by name takes a folder");
        Assert.That(File.GetAttributes(folder.Full("config/x.json")).HasFlag(FileAttributes.ReadOnly), Is.True);
        File.SetAttributes(folder.Full("config/x.json"), FileAttributes.Normal);
        Write("config/x.json", "22");
        Fill(copies);
        Assert.That(File.ReadAllText(folder.Full("context/copy1/x.json")), Is.EqualTo("22"));
        File.SetAttributes(folder.Full("out/a.dll"), FileAttributes.Normal);
    }

    [TestCase("1654:0", 1654, 0)]
    [TestCase("1654", 1654, 1654)]
    [TestCase("", 0, 0)]
    public void An_owner_by_number_and_a_mode_stand_in_the_archive(string owner, int user, int group)
    {
        Write("key", "k");
        Fill([new(folder.Full("key"), "/app/keys/", "deep/key", "0600", owner)]);
        using var tar = new TarReader(File.OpenRead(folder.Full("context/copy0")));
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.That((entry.Uid, entry.Gid), Is.EqualTo((user, group)), entry.Name);
        }

        Assert.That(Entries("copy0"), Is.EqualTo(new[] { "755 deep/", "600 deep/key" }));
    }

    [Test]
    public void No_time_is_later_than_SOURCE_DATE_EPOCH_so_that_another_machine_makes_the_same_archive()
    {
        Write("out/a/new.dll", "1");
        Write("out/old.dll", "1");
        File.SetLastWriteTimeUtc(folder.Full("out/old.dll"), Published.AddYears(-10));
        StagingFolder.Fill([(Output(), "")], folder.Full("context"), HostSystem.Windows, new DateTimeOffset(Published.AddYears(-1)));
        using var tar = new TarReader(File.OpenRead(folder.Full("context/application")));
        var times = new Dictionary<string, int>();
        while (tar.GetNextEntry() is { } entry)
        {
            times[entry.Name] = entry.ModificationTime.Year;
        }

        Assert.That(times, Is.EqualTo(new Dictionary<string, int> { ["a/"] = 2025, ["a/new.dll"] = 2025, ["old.dll"] = 2016 }));
    }

    [Test]
    public void A_folder_of_links_that_Linux_made_of_the_same_project_gives_way()
    {
        Write("out/a.dll", "1");
        StagingFolder.Fill([(Output(), "")], folder.Full("context"), HostSystem.Linux);
        Fill();
        Assert.That(Entries("application"), Is.EqualTo(new[] { "644 a.dll" }));
        StagingFolder.Fill([(Output(), "")], folder.Full("context"), HostSystem.Linux);
        Assert.That(File.ReadAllText(folder.Full("context/application/a.dll")), Is.EqualTo("1"));
    }

    private void Write(string path, string content) => File.SetLastWriteTimeUtc(folder.Write(path, content), Published);

    private IReadOnlyList<PublishLayer> Fill(IReadOnlyList<CopiedFile>? copies = null)
    {
        folder.Make("out");
        return StagingFolder.Fill([(Output() with { Copies = copies ?? [] }, "")], folder.Full("context"), HostSystem.Windows).Single();
    }

    private PublishOutput Output() => new() { Folder = folder.Full("out"), BaseImage = "b", Config = new() { Command = new() } };

    private List<string> Entries(string archive)
    {
        using var tar = new TarReader(File.OpenRead(folder.Full("context/" + archive)));
        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add($"{Convert.ToString((int)entry.Mode, 8)} {entry.Name}");
        }

        return entries;
    }
}
