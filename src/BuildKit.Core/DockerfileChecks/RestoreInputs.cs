using BuildKit.Core.BuildContexts;
using BuildKit.Core.Json;
using BuildKit.Core.Projects;
using BuildKit.Core.Systems;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>A file that decides what a restore does.</summary>
/// <param name="File">Full path.</param>
/// <param name="Effect">What it does, as a sentence without a full stop.</param>
internal sealed record RestoreInput(string File, string Effect);

/// <summary>
/// Files beside projects that decide what a restore does: https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory,
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior,
/// https://learn.microsoft.com/dotnet/core/tools/global-json.
/// </summary>
internal static class RestoreInputs
{
    private static readonly string[] NearestOnly = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    // The three spellings that NuGet looks for on Linux.
    private static readonly string[] NuGetConfig = ["nuget.config", "NuGet.config", "NuGet.Config"];

    /// <summary>The files below a folder that apply to the projects, each once; those that change nothing are left out.</summary>
    /// <param name="projects">Full paths of the projects, the one that is built first.</param>
    /// <param name="root">The build context: nothing above it can be copied.</param>
    public static IReadOnlyList<RestoreInput> Of(IReadOnlyList<string> projects, string root) =>
        [.. Of(projects, root, HostSystems.Current, NamesIn)
            .Select(file => EffectOf(file, projects[0]) is { } effect ? new RestoreInput(file, effect) : null).OfType<RestoreInput>()];

    /// <summary>Full paths of the files that apply, named as their folders name them, on any system.</summary>
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

    private static string? EffectOf(string file, string project) => Path.GetFileName(file).ToLowerInvariant() switch
    {
        "directory.packages.props" => PackagesEffect(file, project),
        "nuget.config" => "it names the feeds, and without it the packages come from nuget.org alone",
        "packages.lock.json" => "it holds the versions of the packages, and without it the restore may take others",
        "global.json" => GlobalJsonEffect(file),
        _ => "it sets properties and items of the project, and without it the image may get other packages than you",
    };

    private static string? PackagesEffect(string file, string project)
    {
        const string Switch = "ManagePackageVersionsCentrally";
        var root = ProjectReferences.TryLoad(file);
        var own = root?.Descendants().LastOrDefault(element => element.Name.LocalName == Switch)?.Value.Trim() ?? "";
        if (SwitchText.IsTrueOfSdk(own.Length > 0 ? own : BuiltProject.Property(project, Switch)))
        {
            return "it names the versions of the packages, and without it the restore fails or takes others";
        }

        // MSBuild reads it all the same.
        var other = root?.Descendants().Any(element =>
            !element.HasElements
                && element.Name.LocalName is not ("PackageVersion" or "ItemGroup" or "PropertyGroup" or "Project" or Switch)) == true;
        return other ? $"it sets properties and items of the project; it names no versions of packages, since {Switch} is not true" : null;
    }

    private static string? GlobalJsonEffect(string file)
    {
        using var json = JsonElementExtensions.TryParse(File.ReadAllBytes(file));
        var root = json?.RootElement ?? default;
        return root.Members("msbuild-sdks").Any() ? "it names the versions of the project's SDKs, without which the project cannot be loaded"
            : root.Member("sdk").Text("version") is { Length: > 0 } version ? $"it asks for the .NET SDK {version}; without it the image builds with "
                + "the SDK that it has, and with it the step fails when the image has none that fits"
            : null;
    }
}
