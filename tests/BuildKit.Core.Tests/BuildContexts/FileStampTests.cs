using BuildKit.Core.BuildContexts;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class FileStampTests
{
    [Test]
    public void A_file_has_size_times_inode_and_mode()
    {
        using var folder = new TestFolder();
        var path = folder.Write("a", "12345");
        var modified = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567);
        File.SetLastWriteTimeUtc(path, modified);
        folder.SetMode("a", 0b100_001_000);
        var stamp = FileStamp.TryRead(path)!.Value;
        Assert.Multiple(() =>
        {
            Assert.That((stamp.Kind, stamp.Size, stamp.Mode, stamp.LinkTarget), Is.EqualTo((FileKind.File, 5L, 0b100_001_000, (string?)null)));
            Assert.That(stamp.ModifiedNanoseconds, Is.EqualTo((modified - DateTime.UnixEpoch).Ticks * 100));
            Assert.That(stamp.ChangedNanoseconds, Is.GreaterThan(stamp.ModifiedNanoseconds));
            Assert.That(stamp.Inode, Is.Not.Zero.And.Not.EqualTo(FileStamp.TryRead(folder.Write("b"))!.Value.Inode));
        });
    }

    [Test]
    public void A_link_is_not_followed()
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder.Full("link"), "../some where");
        var stamp = FileStamp.TryRead(folder.Full("link"))!.Value;
        Assert.That((stamp.Kind, stamp.LinkTarget), Is.EqualTo((FileKind.SymbolicLink, "../some where")));
    }

    [Test]
    public void A_directory_and_nothing_are_told_apart()
    {
        using var folder = new TestFolder();
        var file = folder.Write("a");
        Assert.Multiple(() =>
        {
            Assert.That(FileStamp.TryRead(folder.Path)!.Value.Kind, Is.EqualTo(FileKind.Directory));
            Assert.That(FileStamp.TryRead(folder.Full("missing")), Is.Null);
            Assert.That(FileStamp.TryRead(file + "/below"), Is.Null);
        });
    }

    [Test]
    public void The_form_for_other_systems_says_the_same_without_time_of_change_and_inode()
    {
        using var folder = new TestFolder();
        var file = folder.Write("a", "123");
        File.CreateSymbolicLink(folder.Full("link"), "a");
        foreach (var path in new[] { file, folder.Make("d"), folder.Full("link") })
        {
            var expected = FileStamp.TryRead(path)!.Value with { ChangedNanoseconds = 0, Inode = 0 };
            // Times of .NET end at 100 nanoseconds.
            expected = expected with { ModifiedNanoseconds = expected.ModifiedNanoseconds / 100 * 100 };
            Assert.That(PortableFileStatus.TryRead(path), Is.EqualTo(expected));
        }

        Assert.That(PortableFileStatus.TryRead(folder.Full("missing")), Is.Null);
    }
}
