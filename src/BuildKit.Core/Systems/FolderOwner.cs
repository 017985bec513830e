using System.Runtime.InteropServices;

namespace BuildKit.Core.Systems;

/// <summary>
/// Whether this user owns a folder, which .NET does not say. On Linux asked with statx, whose layout is the same on every
/// architecture: https://man7.org/linux/man-pages/man2/statx.2.html.
/// </summary>
internal static class FolderOwner
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint Owner = 0x8;
    private const int OwnerOffset = 20;

    /// <summary>Whether the folder is this user's, and that is known. On Windows all folders that are asked about are per user.</summary>
    public static bool IsThisUser(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return MacStat.TryRead(folder, out var owner, out _, out _) && owner == EffectiveUser();
            }

            var status = new byte[256];
            return StatX(CurrentDirectory, folder, DoNotFollowLinks, Owner, status) == 0
                && BitConverter.ToUInt32(status, OwnerOffset) == EffectiveUser();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
