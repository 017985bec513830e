namespace BuildKit.Core.BuildContexts;

/// <summary>Reads file stamps with what .NET offers on every system.</summary>
internal static class PortableFileStatus
{
    /// <summary>The mode that BuildKit's client sends for everything on Windows, which has no such bits.</summary>
    private const int WindowsMode = 0b111_101_101;

    /// <summary>.NET gives the mode of what a link points at; the link's own says nothing, on Linux it is always this.</summary>
    private const int LinkMode = 0b111_111_111;

    public static FileStamp? TryRead(string path)
    {
        try
        {
            var info = new FileInfo(path);
            var attributes = info.Attributes;
            // .NET's way to say that there is nothing.
            if ((int)attributes == -1)
            {
                return null;
            }

            var target = attributes.HasFlag(FileAttributes.ReparsePoint) ? info.LinkTarget : null;
            var kind = target is not null ? FileKind.SymbolicLink
                : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory
                : attributes.HasFlag(FileAttributes.Device) ? FileKind.Other
                : FileKind.File;
            return new FileStamp(
                kind,
                kind == FileKind.File ? info.Length : 0,
                (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100,
                0,
                0,
                OperatingSystem.IsWindows() ? WindowsMode : kind == FileKind.SymbolicLink ? LinkMode : (int)info.UnixFileMode,
                target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileStamp.Unreadable;
        }
    }
}
