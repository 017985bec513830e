using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BuildKit.Core.Systems;

/// <summary>Removal of a name on Windows, where a read-only file refuses it and the bit belongs to all hard links of a file.</summary>
internal static partial class WindowsFile
{
    private const uint Delete = 0x10000;
    private const uint ShareAll = 0x7;
    private const uint OpenExisting = 3;
    private const uint OpenLinkItself = 0x00200000;
    private const int DispositionEx = 21;

    // FILE_DISPOSITION_DELETE, _POSIX_SEMANTICS and _IGNORE_READONLY_ATTRIBUTE: Windows 10 1809 and newer, NTFS.
    private const uint DeleteReadOnly = 0x1 | 0x2 | 0x10;

    /// <summary>Removes a file that may be read-only, without changing the bit of a file that it is a hard link to where the volume can.</summary>
    public static void Remove(string path)
    {
        var attributes = File.GetAttributes(path);
        if (!attributes.HasFlag(FileAttributes.ReadOnly) || TryRemoveName(path))
        {
            File.Delete(path);
            return;
        }

        File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
        File.Delete(path);
    }

    private static bool TryRemoveName(string path)
    {
        using var file = CreateFile(path, Delete, ShareAll, 0, OpenExisting, OpenLinkItself, 0);
        var flags = DeleteReadOnly;
        return !file.IsInvalid && SetFileInformationByHandle(file, DispositionEx, ref flags, sizeof(uint));
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetFileInformationByHandle(SafeFileHandle file, int kind, ref uint information, uint size);
}
