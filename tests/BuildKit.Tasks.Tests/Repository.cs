namespace BuildKit.Tasks.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>Files under a folder, without what builds leave there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    /// <summary>Compares with an approved list; BUILDKIT_UPDATE_GOLDEN=1 approves what is.</summary>
    public static void AssertApproved(string file, IEnumerable<string> actual)
    {
        var lines = actual.Distinct().Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(PathOf(file), string.Concat(lines.Select(line => line + "\n")));
        }

        Assert.That(lines, Is.EqualTo(File.ReadAllLines(PathOf(file))), $"Set BUILDKIT_UPDATE_GOLDEN=1 to approve the change of {file}.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BuildKit.Tasks.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("not in the working tree");
        }

        return folder;
    }
}
