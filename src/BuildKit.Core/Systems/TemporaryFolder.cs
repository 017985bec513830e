namespace BuildKit.Core.Systems;

/// <summary>
/// Temporary folders for what is nobody else's business, such as a login: their names cannot be guessed, and only their
/// maker can read them. The one place of ours among the files of all users. A build that is killed leaves its folder
/// behind; the next build of the same user removes it. A lock that ends with its process tells the two apart: a
/// number of a process would not, where containers with numbers of their own share the folder.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "buildkit-tasks-private-";
    private const string LockName = "lock";

    // A folder is without a lock for the moment between the two; an old one was left in that moment, and is empty.
    private static readonly TimeSpan Unlocked = TimeSpan.FromHours(1);

    private readonly FileStream held;

    private TemporaryFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder that is readable by its owner alone from the beginning, and removes those that killed builds left.</summary>
    /// <exception cref="IOException">The folder for temporary files is missing, full or read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static TemporaryFolder Create()
    {
        Sweep();
        var path = Directory.CreateTempSubdirectory(Prefix).FullName;
        return new TemporaryFolder(path,
            new FileStream(System.IO.Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>Removes the folders of builds that were killed.</summary>
    public static void Sweep()
    {
        foreach (var folder in Found())
        {
            try
            {
                RemoveIfLeft(folder);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Held by a build that runs, or gone in the meantime.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held.Dispose();
        try
        {
            Remove(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another build's sweep was faster, or the next one's removes it.
        }
    }

    private static string[] Found()
    {
        try
        {
            return Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Nothing can have been left where no folder is, or none that may be listed.
            return [];
        }
    }

    private static void RemoveIfLeft(string folder)
    {
        // What belongs to another user may turn into a link to something else while it is removed.
        if (new DirectoryInfo(folder) is { LinkTarget: not null } or { Exists: false } || !FolderOwner.IsThisUser(folder))
        {
            return;
        }

        var file = System.IO.Path.Combine(folder, LockName);
        if (File.Exists(file))
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
        else if (DateTime.UtcNow - Directory.GetCreationTimeUtc(folder) < Unlocked)
        {
            return;
        }

        Remove(folder);
    }

    // A link in it is removed, and not what it leads to.
    private static void Remove(string folder) => Directory.Delete(folder, recursive: true);
}
