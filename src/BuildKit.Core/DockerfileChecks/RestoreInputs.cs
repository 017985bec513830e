using BuildKit.Core.Systems;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// Files beside projects that decide what a restore does: https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory,
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior,
/// https://learn.microsoft.com/dotnet/core/tools/global-json.
/// </summary>
public static class RestoreInputs
{
    private static readonly string[] NearestOnly = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    // The three spellings that NuGet looks for on Linux.
    private static readonly string[] NuGetConfig = ["nuget.config", "NuGet.config", "NuGet.Config"];

    /// <summary>Full paths of the files below a folder that apply to the projects, each once, named as their folders name them.</summary>
    /// <param name="projects">Full paths of the projects, the one that is built first.</param>
    /// <param name="root">The build context: nothing above it can be copied.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> projects, string root) => Of(projects, root, HostSystems.Current, NamesIn);

    /// <summary>The same for any system.</summary>
    /// <param name="projects">Full paths of the projects.</param>
    /// <param name="root">The build context.</param>
    /// <param name="system">The system.</param>
    /// <param name="list">Names of the files of a folder, as it spells them.</param>
    internal static IReadOnlyList<string> Of(IReadOnlyList<string> projects, string root, HostSystem system, Func<string, IEnumerable<string>> list)
    {
        var rules = PathRules.Of(system);
        var listed = new Dictionary<string, Dictionary<string, string>>(rules.Comparer);
        var found = new List<string>();
        foreach (var project in projects)
        {
            var folders = Upwards(Path.GetDirectoryName(project)!);
            foreach (var name in NearestOnly)
            {
                found.AddRange(folders.Select(folder => Find(folder, name)).OfType<string>().Take(1));
            }

            // NuGet joins the settings of all folders.
            found.AddRange(folders.Select(folder => Find(folder, NuGetConfig)).OfType<string>());
            found.AddRange(folders.Take(1).Select(folder => Find(folder, "packages.lock.json")).OfType<string>());
        }

        found.AddRange(Upwards(Path.GetDirectoryName(projects[0])!).Select(folder => Find(folder, "global.json")).OfType<string>().Take(1));
        return [.. found.Distinct(rules.Comparer)];

        List<string> Upwards(string folder)
        {
            var folders = new List<string>();
            for (var current = folder; current is not null && rules.IsWithin(current, root); current = Path.GetDirectoryName(current))
            {
                folders.Add(current);
            }

            return folders;
        }

        // COPY has to name a file as its folder does: BuildKit compares letter by letter, whatever the file system does.
        string? Find(string folder, params ReadOnlySpan<string> names)
        {
            if (!listed.TryGetValue(folder, out var files))
            {
                listed[folder] = files = new Dictionary<string, string>(rules.Comparer);
                foreach (var file in list(folder))
                {
                    files[file] = file;
                }
            }

            foreach (var name in names)
            {
                if (files.TryGetValue(name, out var spelled))
                {
                    return Path.Combine(folder, spelled);
                }
            }

            return null;
        }
    }

    private static IEnumerable<string> NamesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
