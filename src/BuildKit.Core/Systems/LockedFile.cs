namespace BuildKit.Core.Systems;

/// <summary>
/// A file that one process at a time has. The operating system gives it back when its holder is killed, and unlike a named
/// mutex it can be held across an await.
/// </summary>
internal static class LockedFile
{
    /// <summary>Takes the file, which is made when it is not there.</summary>
    /// <returns>What has to be disposed to give it back; null while somebody else has it.</returns>
    /// <exception cref="IOException">It cannot be opened for another reason than that somebody has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EAGAIN of Linux and of macOS, which no opening of a file gives but for its lock.
    private static bool IsHeld(IOException failure) =>
        OperatingSystem.IsWindows() ? (failure.HResult & 0xffff) is 32 or 33 : failure.HResult is 11 or 35;
}
