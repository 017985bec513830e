using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Infers the build context that a Dockerfile was written for. Nothing in it names the context, but its COPY and ADD
/// sources are relative to it (https://docs.docker.com/build/concepts/context/): the nearest folder that has them all is it.
/// </summary>
public static class ContextLocator
{
    private const int SourcesInReason = 3;

    /// <summary>Looks from the Dockerfile's folder up to the root of its repository.</summary>
    /// <param name="dockerfilePath">Path of the Dockerfile.</param>
    /// <param name="dockerfile">The same, read.</param>
    /// <param name="boundary">The last folder to look at; when null, the root of the repository or of the solution.</param>
    /// <param name="projectFolder">Where to stop when there is neither a repository nor a solution; null for the Dockerfile's folder.</param>
    public static ContextChoice Locate(string dockerfilePath, Dockerfile dockerfile, string? boundary = null, string? projectFolder = null)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(dockerfilePath))!;
        var evidence = CopySources.Of(dockerfile)
            .Where(source => !source.HasVariables)
            .Select(source => SlashPath.InContext(source.Path))
            // Every folder has these, so they say nothing.
            .Where(path => path is not ("" or "*" or "**"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (evidence.Count == 0)
        {
            return new ContextChoice(own, "the Dockerfile's folder, since no COPY source names a file");
        }

        var root = boundary is null ? Root(own) ?? Above(own, projectFolder) : Path.TrimEndingDirectorySeparator(Path.GetFullPath(boundary));
        var fitting = FromUpTo(own, root).Find(directory => evidence.TrueForAll(path => SourceSearch.Exists(directory, path)));
        return fitting is null
            ? new ContextChoice(own, $"the Dockerfile's folder, since no folder from there up to {root} has every COPY source ({Shortened(evidence)})")
            : new ContextChoice(fitting, $"the nearest folder that has every COPY source ({Shortened(evidence)})");
    }

    private static string? Root(string own)
    {
        var ancestors = FromUpTo(own, null);
        // In a work tree or a submodule it is a file.
        return ancestors.Find(directory => Path.Exists(Path.Combine(directory, ".git")))
            ?? ancestors.FindLast(HasSolution);
    }

    private static string Above(string own, string? projectFolder) =>
        projectFolder is not null && FromUpTo(own, null).Exists(folder => PathRules.Here.AreEqual(folder, projectFolder)) ? projectFolder : own;

    private static bool HasSolution(string directory)
    {
        try
        {
            return Directory.EnumerateFiles(directory, "*.sln").Any() || Directory.EnumerateFiles(directory, "*.slnx").Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The folder and those above it; only itself when the last one is not above it.</summary>
    private static List<string> FromUpTo(string directory, string? last)
    {
        var ancestors = new List<string>();
        for (var current = directory; current is not null; current = Path.GetDirectoryName(current))
        {
            ancestors.Add(current);
            if (last is not null && PathRules.Here.AreEqual(current, last))
            {
                return ancestors;
            }
        }

        return last is null ? ancestors : [directory];
    }

    private static string Shortened(List<string> paths) =>
        string.Join(", ", paths.Take(SourcesInReason)) + (paths.Count > SourcesInReason ? ", ..." : "");
}
