namespace BuildKit.Core.Tests;

/// <summary>Folders of this project's sources, where golden files are.</summary>
internal static class SourceFolder
{
    public static string Of(string relativePath)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BuildKit.Tasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The solution is not above the tests.");
        }

        return Path.Combine(folder, "tests", "BuildKit.Core.Tests", relativePath);
    }
}
