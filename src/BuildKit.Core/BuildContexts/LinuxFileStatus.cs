using System.Runtime.InteropServices;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Reads file stamps with statx. Its layout is the same on every architecture, unlike that of stat:
/// https://man7.org/linux/man-pages/man2/statx.2.html.
/// </summary>
internal static class LinuxFileStatus
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int NoEntry = 2;
    private const int PermissionDenied = 13;
    private const int NotADirectory = 20;

    // Off on other systems, on a C library older than statx, and where a sandbox forbids the call.
    private static bool Available = OperatingSystem.IsLinux();

    /// <summary>Whether statx answered; then the stamp is null when there is no such entry.</summary>
    public static bool TryRead(string path, out FileStamp? stamp)
    {
        stamp = null;
        if (!Available)
        {
            return false;
        }

        try
        {
            if (StatX(CurrentDirectory, path, DoNotFollowLinks, BasicFields, out var status) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                stamp = error == PermissionDenied ? FileStamp.Unreadable : null;
                return error is NoEntry or NotADirectory or PermissionDenied;
            }

            stamp = Stamp(path, status);
            return true;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            Available = false;
            return false;
        }
    }

    private static FileStamp Stamp(string path, in Status status)
    {
        var kind = (status.Mode & 0xf000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xa000 => FileKind.SymbolicLink,
            _ => FileKind.Other,
        };
        return new FileStamp(
            kind,
            kind == FileKind.File ? (long)status.Size : 0,
            Nanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds),
            Nanoseconds(status.ChangedSeconds, status.ChangedNanoseconds),
            status.Inode,
            status.Mode & 0xfff,
            kind == FileKind.SymbolicLink ? new FileInfo(path).LinkTarget : null);
    }

    private static long Nanoseconds(long seconds, uint nanoseconds) => unchecked((seconds * 1_000_000_000) + nanoseconds);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(
        int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Status status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }
}
