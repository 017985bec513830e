using BuildKit.Core.BuildContexts;
using BuildKit.Core.Json;
using BuildKit.Core.Systems;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>The project and all that it references, directly or not, as NuGet's restore found them.</summary>
internal static class ProjectGraph
{
    /// <summary>Full paths of the project files, the project itself first; none when it is not known.</summary>
    public static IReadOnlyList<string> ProjectsOf(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        // Before a restore the project files say it.
        return facts.ProjectFile.Length == 0
            ? []
            : [facts.ProjectFile, .. (Referenced(facts) ?? ProjectReferences.ClosureOf(facts.ProjectFile)).Order(StringComparer.Ordinal)];
    }

    // "libraries" has an entry of type "project" for each project of the closure, with a path relative to this one.
    private static IReadOnlyList<string>? Referenced(ProjectFacts facts)
    {
        byte[] text;
        try
        {
            if (facts.AssetsFile.Length == 0 || !File.Exists(facts.AssetsFile))
            {
                return null;
            }

            text = File.ReadAllBytes(facts.AssetsFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        using var assets = JsonElementExtensions.TryParse(text);
        var folder = Path.GetDirectoryName(facts.ProjectFile)!;
        return assets is null ? null : [.. assets.RootElement.Members("libraries")
            .Where(library => library.Value.Text("type") == "project")
            .Select(library => library.Value.Text("msbuildProject") is { Length: > 0 } project ? project : library.Value.Text("path"))
            .Where(path => path.Length > 0 && !path.Contains('\0'))
            .Select(path => Path.GetFullPath(path.Replace('\\', '/'), folder))
            .Distinct(PathRules.Here.Comparer)];
    }
}
