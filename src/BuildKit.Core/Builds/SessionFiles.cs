namespace BuildKit.Core.Builds;

/// <summary>
/// Files that are there while something runs, with a random part in their names: the same project may be built twice at the
/// same time. They go with the object; what a killed build leaves is removed after a day.
/// </summary>
/// <param name="stem">Full path without what tells the files apart.</param>
public sealed class SessionFiles(string stem) : IDisposable
{
    // No build takes so long; a killed one could not remove its files.
    private static readonly TimeSpan Left = TimeSpan.FromDays(1);

    // As much as buildx writes about a result.
    private const int Least = 4096;

    /// <summary>Files of their own in a folder, which is made and can be written.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="name">What runs: the name of an image, or <c>bake</c>.</param>
    /// <exception cref="IOException">The folder cannot be written, or has no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static SessionFiles Create(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        Sweep(folder, name);
        var files = new SessionFiles(Path.Combine(folder, $"{name}.session-{Guid.NewGuid().ToString("N")[..8]}"));
        files.Try();
        return files;
    }

    // What could not be written at the end of a build is better found out before it.
    private void Try()
    {
        var file = FileOf(".try");
        try
        {
            File.WriteAllBytes(file, new byte[Least]);
        }
        finally
        {
            Remove([file]);
        }
    }

    private static void Sweep(string folder, string name)
    {
        Remove(Directory.EnumerateFiles(folder, name + ".session-*").Where(file => DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > Left));
    }

    /// <summary>Full path of one of the files.</summary>
    /// <param name="suffix">For example <c>.json</c>.</param>
    public string FileOf(string suffix) => stem + suffix;

    /// <inheritdoc/>
    public void Dispose()
    {
        var folder = Path.GetDirectoryName(stem)!;
        if (Directory.Exists(folder))
        {
            Remove(Directory.GetFiles(folder, Path.GetFileName(stem) + "*"));
        }
    }

    // What stays is removed by a later build; it is no reason to fail one.
    private static void Remove(IEnumerable<string> files)
    {
        try
        {
            files.ToList().ForEach(File.Delete);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Read-only by now, or held by another program.
        }
    }
}
