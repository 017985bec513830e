using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Time of change and number of a file on Windows, which .NET does not pass on: NTFS and ReFS keep both, FAT neither.
/// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getfileinformationbyhandleex.
/// </summary>
internal static partial class WindowsFileStatus
{
    private const uint ReadAttributes = 0x80;
    private const uint ShareAll = 0x7;
    private const uint OpenExisting = 3;
    private const uint OpenFolders = 0x02000000;
    private const uint OpenLinkItself = 0x00200000;
    private const int BasicInformation = 0;
    private const int IdInformation = 18;

    // 1601 to 1970, in units of 100 nanoseconds.
    private const long UnixEpoch = 116_444_736_000_000_000;

    /// <summary>Adds both to a stamp; it stays as it is where they are not known.</summary>
    public static FileStamp Complete(string path, FileStamp stamp)
    {
        // Reading attributes is no reading of the file: a virus scanner has nothing to do.
        using var file = CreateFile(Extended(path), ReadAttributes, ShareAll, 0, OpenExisting, OpenFolders | OpenLinkItself, 0);
        if (file.IsInvalid || !GetBasic(file, BasicInformation, out var basic, Marshal.SizeOf<Basic>()))
        {
            return stamp;
        }

        return stamp with
        {
            ChangedNanoseconds = basic.Changed > 0 ? Nanoseconds(basic.Changed) : 0,
            // Half of ReFS's 128 bits: a chance of two files of one half is less than that of two hashes.
            Inode = GetId(file, IdInformation, out var id, Marshal.SizeOf<Id>()) ? id.Low ^ id.High : 0,
        };
    }

    /// <summary>Nanoseconds since 1970 of a time as Windows keeps it.</summary>
    internal static long Nanoseconds(long time) => (time - UnixEpoch) * 100;

    // Without the prefix a path may have 259 characters.
    private static string Extended(string path) =>
        path.Length < 248 || path.StartsWith(@"\\", StringComparison.Ordinal) ? path : @"\\?\" + Path.GetFullPath(path);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetBasic(SafeFileHandle file, int kind, out Basic information, int size);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetId(SafeFileHandle file, int kind, out Id information, int size);

    [StructLayout(LayoutKind.Sequential)]
    private struct Basic
    {
        public long Created;
        public long Read;
        public long Written;
        public long Changed;
        public uint Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Id
    {
        public ulong Volume;
        public ulong Low;
        public ulong High;
    }
}
