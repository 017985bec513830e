namespace BuildKit.Testing;

/// <summary>Finds the files of this repository.</summary>
public static class RepositoryRoot
{
    private static readonly string Folder = Find();

    /// <summary>Full path of a file or folder of the repository.</summary>
    public static string PathOf(string relativePath) => Path.Combine(Folder, relativePath);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BuildKit.Tasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder;
    }
}
