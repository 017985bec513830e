using BuildKit.Core.BuildContexts;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class FileTableTests
{
    private static readonly DateTimeOffset Opened = new(2030, 1, 1, 0, 0, 10, TimeSpan.Zero);
    private static readonly byte[] Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly FileStamp Old = Stamp(secondsBeforeOpened: 100) with { Inode = ulong.MaxValue };

    [Test]
    public void A_hash_is_kept_between_builds()
    {
        using var folder = new TestFolder();
        var table = Reread(folder, "/a b/ü c", Old);
        Assert.That(table.Find("/a b/ü c", Old), Is.EqualTo(Hash));
    }

    [Test]
    public void Any_other_stamp_asks_for_a_new_hash()
    {
        using var folder = new TestFolder();
        var table = Reread(folder, "/a", Old);
        FileStamp[] others =
        [
            Old with { Size = 4 }, Old with { ModifiedNanoseconds = Old.ModifiedNanoseconds + 1 },
            Old with { ChangedNanoseconds = Old.ChangedNanoseconds + 1 },
            Old with { Inode = 8 }, Old with { Mode = 0 }, Old with { Kind = FileKind.SymbolicLink }, Old with { LinkTarget = "x" },
        ];
        Assert.That(others.Select(stamp => table.Find("/a", stamp)), Is.All.Null);
    }

    [TestCase(2.1, 2.1, true)]
    [TestCase(1.9, 1.9, false)]
    [TestCase(1.9, 100, false)]
    [TestCase(100, 1.9, false)]
    [TestCase(-50, 100, false)]
    public void A_file_within_two_seconds_of_the_table_is_hashed_again(double modified, double changed, bool kept)
    {
        using var folder = new TestFolder();
        var stamp = Stamp(modified) with { ChangedNanoseconds = Stamp(changed).ChangedNanoseconds };
        Assert.That(Reread(folder, "/a", stamp).Find("/a", stamp) is not null, Is.EqualTo(kept));
    }

    [TestCase("")]
    [TestCase("something else\n")]
    [TestCase("buildkit-file-table 0 2030-01-01T00:00:00.0000000+00:00\n")]
    [TestCase("buildkit-file-table 2 yesterday\n")]
    [TestCase("buildkit-file-table 2 2030-01-01T00:00:00.0000000+00:00\nzz 1 1 1 1 1 0 /a\n")]
    [TestCase("buildkit-file-table 2 2030-01-01T00:00:00.0000000+00:00\nAAEC 1 1 1 1 1 0 /a\n")]
    [TestCase("buildkit-file-table 2 2030-01-01T00:00:00.0000000+00:00\nAAEC")]
    [TestCase("buildkit-file-table 2 2030-01-01T00:00:00.0000000+00:00\n\n")]
    public void A_damaged_or_foreign_file_is_an_empty_table(string text)
    {
        using var folder = new TestFolder();
        Assert.That(FileTable.Read(folder.Write("table", text)).Find("/a", Old), Is.Null);
    }

    [Test]
    public void A_table_that_was_cut_off_is_an_empty_one()
    {
        using var folder = new TestFolder();
        Reread(folder, "/a", Old);
        var text = File.ReadAllText(folder.Full("table"));
        for (var length = 0; length < text.Length; length++)
        {
            Assert.That(FileTable.Read(folder.Write("table", text[..length])).Find("/a", Old), Is.Null);
        }
    }

    [Test]
    public void A_missing_file_or_folder_is_an_empty_table() =>
        Assert.That(FileTable.Read("/no/such/table").Find("/a", Old), Is.Null);

    [Test]
    public void What_was_not_used_drops_out()
    {
        using var folder = new TestFolder();
        var path = folder.Full("deep/er/table");
        var table = FileTable.Empty(Opened);
        table.Add("/a", Old, Hash);
        table.Add("/b", Old, Hash);
        table.Write(path);
        table = FileTable.Read(path, Opened);
        table.Find("/b", Old);
        table.Write(path);
        table = FileTable.Read(path, Opened);
        Assert.That((table.Find("/a", Old), table.Find("/b", Old)), Is.EqualTo(((byte[]?)null, Hash)));
    }

    [Test]
    public void Nothing_is_written_when_nothing_changed_and_no_temporary_file_stays()
    {
        using var folder = new TestFolder();
        var path = folder.Full("table");
        var table = Reread(folder, "/a", Old);
        var before = FileStamp.TryRead(path);
        table.Find("/a", Old);
        table.Write(path);
        Assert.That(FileStamp.TryRead(path), Is.EqualTo(before));

        table.Add("/c", Old, Hash);
        table.Write(path);
        Assert.That(FileStamp.TryRead(path), Is.Not.EqualTo(before));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void A_path_with_a_line_break_is_hashed_every_time()
    {
        using var folder = new TestFolder();
        Assert.That(Reread(folder, "/a\nb", Old).Find("/a\nb", Old), Is.Null);
    }

    private static FileTable Reread(TestFolder folder, string file, FileStamp stamp)
    {
        var table = FileTable.Empty(Opened);
        table.Add(file, stamp, Hash);
        table.Write(folder.Full("table"));
        return FileTable.Read(folder.Full("table"), Opened.AddHours(1));
    }

    private static FileStamp Stamp(double secondsBeforeOpened)
    {
        var time = (Opened.AddSeconds(-secondsBeforeOpened) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new FileStamp(FileKind.File, 3, time, time, 7, 0x1a4, null);
    }
}
