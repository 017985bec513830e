using BuildKit.Core.BuildContexts;
using BuildKit.Core.Json;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>A file that decides what a restore does.</summary>
/// <param name="File">Full path.</param>
/// <param name="Effect">What it does, as a sentence without a full stop.</param>
public sealed record RestoreInput(string File, string Effect);

/// <summary>
/// Files beside projects that decide what a restore does: https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory,
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior,
/// https://learn.microsoft.com/dotnet/core/tools/global-json.
/// </summary>
public static class RestoreInputs
{
    private static readonly string[] NearestOnly = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    /// <summary>The files below a folder that apply to the projects, each once; those that change nothing are left out.</summary>
    /// <param name="projects">Full paths of the projects, the one that is built first.</param>
    /// <param name="root">The build context: nothing above it can be copied.</param>
    public static IReadOnlyList<RestoreInput> Of(IReadOnlyList<string> projects, string root)
    {
        ArgumentNullException.ThrowIfNull(projects);
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
        return [.. found.Distinct(StringComparer.Ordinal).Select(file => EffectOf(file, projects[0]) is { } effect ? new RestoreInput(file, effect) : null).OfType<RestoreInput>()];
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
        if ((own.Length > 0 ? own : BuiltProject.Property(project, Switch)).Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return "it names the versions of the packages, and without it the restore fails or takes others";
        }

        // MSBuild reads it all the same.
        var other = root?.Descendants().Any(element =>
            !element.HasElements && element.Name.LocalName is not ("PackageVersion" or "ItemGroup" or "PropertyGroup" or "Project" or Switch)) == true;
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
