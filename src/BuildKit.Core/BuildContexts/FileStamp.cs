using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// What the file system says about an entry without opening it. While it is equal, the content is taken to be equal
/// (with the limit that <see cref="FileTable"/> states). On Linux all of it comes from statx
/// (https://man7.org/linux/man-pages/man2/statx.2.html), on macOS inode and time of change from lstat, on Windows from
/// NTFS. Where a file system keeps neither (FAT), both are 0, and an edit of equal size whose modification time is put back
/// goes unnoticed. On Windows the mode is always 0755, which is what BuildKit's client sends from there.
/// </summary>
/// <param name="Kind">What it is; links are not followed.</param>
/// <param name="Size">Size in bytes; 0 for everything but files.</param>
/// <param name="ModifiedNanoseconds">Time of the last modification, nanoseconds since 1970.</param>
/// <param name="ChangedNanoseconds">Time of the last change of content or attributes, which no program can set; 0 when not known.</param>
/// <param name="Inode">Number of the file in its file system; 0 when not known.</param>
/// <param name="Mode">Permission bits, 07777.</param>
/// <param name="LinkTarget">Text of a symbolic link; null for everything else.</param>
internal readonly record struct FileStamp(
    FileKind Kind,
    long Size,
    long ModifiedNanoseconds,
    long ChangedNanoseconds,
    ulong Inode,
    int Mode,
    string? LinkTarget)
{
    /// <summary>Stands for what cannot be read.</summary>
    public static FileStamp Unreadable { get; } = new(FileKind.Unreadable, 0, 0, 0, 0, 0, null);

    /// <summary>The stamp of an entry; null when there is none.</summary>
    public static FileStamp? TryRead(string path) =>
        LinuxFileStatus.TryRead(path, out var stamp) ? stamp : PortableFileStatus.TryRead(path) is { } portable ? Complete(path, portable) : null;

    // What .NET does not say.
    private static FileStamp Complete(string path, FileStamp stamp) =>
        stamp.Kind == FileKind.Unreadable ? stamp
        : OperatingSystem.IsWindows() ? WindowsFileStatus.Complete(path, stamp)
        : MacStat.TryRead(path, out _, out var inode, out var changed) ? stamp with { Inode = inode, ChangedNanoseconds = changed }
        : stamp;
}
