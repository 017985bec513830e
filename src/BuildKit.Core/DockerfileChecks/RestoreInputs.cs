namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// Files beside projects that decide what a restore does: https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory,
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior,
/// https://learn.microsoft.com/dotnet/core/tools/global-json.
/// </summary>
public static class RestoreInputs
{
    private static readonly string[] NearestOnly = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    /// <summary>Full paths of the files below a folder that apply to the projects, each once.</summary>
    /// <param name="projects">Full paths of the projects, the one that is built first.</param>
    /// <param name="root">The build context: nothing above it can be copied.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> projects, string root)
    {
        var found = new List<string>();
        foreach (var project in projects)
        {
            var folders = Upwards(Path.GetDirectoryName(project)!, root);
            foreach (var name in NearestOnly)
            {
                found.AddRange(folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists).Take(1));
            }

            // NuGet joins the settings of all folders.
            found.AddRange(folders.Select(NuGetConfig).OfType<string>());
            found.AddRange(folders.Take(1).Select(folder => Path.Combine(folder, "packages.lock.json")).Where(File.Exists));
        }

        found.AddRange(Upwards(Path.GetDirectoryName(projects[0])!, root).Select(folder => Path.Combine(folder, "global.json")).Where(File.Exists).Take(1));
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static string? NuGetConfig(string folder) =>
        // The three spellings that NuGet looks for on Linux.
        new[] { "nuget.config", "NuGet.config", "NuGet.Config" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static List<string> Upwards(string folder, string root)
    {
        var folders = new List<string>();
        for (var current = folder; current is not null && IsWithin(current, root); current = Path.GetDirectoryName(current))
        {
            folders.Add(current);
        }

        return folders;
    }

    private static bool IsWithin(string folder, string root) =>
        folder == root || folder.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
