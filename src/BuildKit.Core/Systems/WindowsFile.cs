using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BuildKit.Core.Systems;

/// <summary>
/// What Windows does with files that .NET does not pass on: opening one for its name or attributes alone, and removing a
/// read-only one.
/// </summary>
internal static partial class WindowsFile
{
    /// <summary>The right to read attributes, which is no reading of the file: a virus scanner has nothing to do.</summary>
    public const uint ReadAttributes = 0x80;

    private const uint Delete = 0x10000;
    private const uint ShareAll = 0x7;
    private const uint OpenExisting = 3;
    private const uint OpenFolders = 0x02000000;
    private const uint OpenLinkItself = 0x00200000;
    private const int DispositionEx = 21;

    // FILE_DISPOSITION_DELETE, _POSIX_SEMANTICS and _IGNORE_READONLY_ATTRIBUTE: Windows 10 1809 and newer, NTFS.
    private const uint DeleteReadOnly = 0x1 | 0x2 | 0x10;

    /// <summary>Opens a file or folder that is there, a link as itself, with one right and shared with everybody.</summary>
    /// <returns>A handle; <see cref="SafeHandle.IsInvalid"/> when it cannot be opened.</returns>
    public static SafeFileHandle Open(string path, uint right) =>
        CreateFile(Extended(path), right, ShareAll, 0, OpenExisting, OpenFolders | OpenLinkItself, 0);

    /// <summary>
    /// Removes a file that may be read-only. The bit belongs to all hard links of a file and stays what it is where the volume
    /// can remove the name alone.
    /// </summary>
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
        using var file = Open(path, Delete);
        var flags = DeleteReadOnly;
        return !file.IsInvalid && SetFileInformationByHandle(file, DispositionEx, ref flags, sizeof(uint));
    }

    // Without the prefix a path may have 259 characters.
    private static string Extended(string path) =>
        path.Length < 248 || path.StartsWith(@"\\", StringComparison.Ordinal) ? path : @"\\?\" + Path.GetFullPath(path);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetFileInformationByHandle(SafeFileHandle file, int kind, ref uint information, uint size);
}
