namespace BuildKit.Core.Systems;

/// <summary>
/// Files that others see whole or not at all: written under a name of their own, then renamed. Another build of the same
/// project may be reading or writing the file now.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file, and makes its folder.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; then there is nothing new.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var file = File.Create(partial))
            {
                write(file);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (UnauthorizedAccessException failure) when (!failure.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal))
        {
            // On Windows a rename is refused without a name.
            Remove(partial);
            throw new UnauthorizedAccessException($"{failure.Message.TrimEnd('.')}: {path}", failure);
        }
        catch
        {
            Remove(partial);
            throw;
        }
    }

    /// <summary>Writes a file that only saves work later, so that no build fails for it.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Why it could not be written; null when it was.</returns>
    public static string? TryWrite(string path, Action<Stream> write)
    {
        try
        {
            Write(path, write);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message.TrimEnd('.');
        }
    }

    private static void Remove(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
