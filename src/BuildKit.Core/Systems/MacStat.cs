using System.Runtime.InteropServices;

namespace BuildKit.Core.Systems;

/// <summary>
/// What macOS says of a file that .NET does not pass on: owner, inode and the time of its last change. Layout of
/// <c>struct stat</c> with 64-bit inodes: https://github.com/apple-oss-distributions/xnu, bsd/sys/stat.h.
/// </summary>
internal static class MacStat
{
    private const int Size = 144;

    // Off when the C library has no such function.
    private static bool Available = OperatingSystem.IsMacOS();

    /// <summary>Reads an entry; a link is not followed.</summary>
    /// <returns>False when it cannot be read.</returns>
    public static bool TryRead(string path, out uint owner, out ulong inode, out long changedNanoseconds)
    {
        (owner, inode, changedNanoseconds) = (0, 0, 0);
        if (!Available)
        {
            return false;
        }

        try
        {
            var status = new byte[Size];
            // On Intel the plain name is the function of before 2007, with small inodes.
            if ((RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? LStat(path, status) : LStat64(path, status)) != 0)
            {
                return false;
            }

            (owner, inode, changedNanoseconds) = Read(status);
            return true;
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            Available = false;
            return false;
        }
    }

    /// <summary>Owner, inode and time of change out of the bytes of the structure.</summary>
    internal static (uint Owner, ulong Inode, long ChangedNanoseconds) Read(ReadOnlySpan<byte> status) => (
        BitConverter.ToUInt32(status[16..]),
        BitConverter.ToUInt64(status[8..]),
        unchecked((BitConverter.ToInt64(status[64..]) * 1_000_000_000) + BitConverter.ToInt64(status[72..])));

    [DllImport("libc", EntryPoint = "lstat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "lstat$INODE64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat64([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);
}
