using BuildKit.Core.BuildContexts;
using BuildKit.Core.Systems;

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
        // What BuildKit's client sends from Windows, where there are no modes.
        var mode = OperatingSystem.IsWindows() ? 0b111_101_101 : 0b100_001_000;
        var stamp = FileStamp.TryRead(path)!.Value;
        Assert.Multiple(() =>
        {
            Assert.That((stamp.Kind, stamp.Size, stamp.Mode, stamp.LinkTarget), Is.EqualTo((FileKind.File, 5L, mode, (string?)null)));
            Assert.That(stamp.ModifiedNanoseconds, Is.EqualTo((modified - DateTime.UnixEpoch).Ticks * 100));
            Assert.That(stamp.ChangedNanoseconds, Is.GreaterThan(stamp.ModifiedNanoseconds));
            Assert.That(stamp.Inode, Is.Not.Zero.And.Not.EqualTo(FileStamp.TryRead(folder.Write("b"))!.Value.Inode));
        });
    }

    [Test, NotUnderWine(Wine.Links)]
    public void A_link_is_not_followed()
    {
        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder.Full("link"), "../some where");
        var stamp = FileStamp.TryRead(folder.Full("link"))!.Value;
        Assert.That((stamp.Kind, PathRules.Here.ToSlashes(stamp.LinkTarget!)), Is.EqualTo((FileKind.SymbolicLink, "../some where")));
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
        AssertSame(folder.Write("a", "123"));
        AssertSame(folder.Make("d"));
        Assert.That(PortableFileStatus.TryRead(folder.Full("missing")), Is.Null);
    }

    [Test, NotUnderWine(Wine.Links)]
    public void And_so_of_a_link()
    {
        using var folder = new TestFolder();
        folder.Write("a");
        File.CreateSymbolicLink(folder.Full("link"), "a");
        AssertSame(folder.Full("link"));
    }

    private static void AssertSame(string path)
    {
        var expected = FileStamp.TryRead(path)!.Value with { ChangedNanoseconds = 0, Inode = 0 };
        // Times of .NET end at 100 nanoseconds.
        expected = expected with { ModifiedNanoseconds = expected.ModifiedNanoseconds / 100 * 100 };
        Assert.That(PortableFileStatus.TryRead(path), Is.EqualTo(expected));
    }
}
