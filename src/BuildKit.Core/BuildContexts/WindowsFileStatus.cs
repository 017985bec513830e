using System.Runtime.InteropServices;
using BuildKit.Core.Systems;
using Microsoft.Win32.SafeHandles;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Time of change and number of a file on Windows, which .NET does not pass on: NTFS and ReFS keep both, FAT neither.
/// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getfileinformationbyhandleex.
/// </summary>
internal static partial class WindowsFileStatus
{
    private const int BasicInformation = 0;
    private const int IdInformation = 18;

    // 1601 to 1970, in units of 100 nanoseconds.
    private const long UnixEpoch = 116_444_736_000_000_000;

    /// <summary>Adds both to a stamp; it stays as it is where they are not known.</summary>
    public static FileStamp Complete(string path, FileStamp stamp)
    {
        using var file = WindowsFile.Open(path, WindowsFile.ReadAttributes);
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
