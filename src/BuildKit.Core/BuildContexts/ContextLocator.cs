using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Infers the build context that a Dockerfile was written for. Nothing in it names the context, but its COPY and ADD
/// sources are relative to it (https://docs.docker.com/build/concepts/context/): the folder that has most of them is it.
/// Where they do not decide, a compose file, what the steps use, the project's references, a solution and a .dockerignore
/// do, in that order, and at last the nearest folder.
/// </summary>
internal static class ContextLocator
{
    private const int PathsInReason = 3;

    /// <summary>Looks from the Dockerfile's folder up to the root of its repository.</summary>
    /// <param name="dockerfilePath">Path of the Dockerfile.</param>
    /// <param name="dockerfile">The same, read.</param>
    /// <param name="boundary">The last folder to look at; when null, the root of the repository or of the solution.</param>
    /// <param name="projectFile">Full path of the project; without a repository and a solution its folder ends the search.
    /// Null for the Dockerfile's.</param>
    /// <param name="arguments">Values of build arguments, for sources that are made of them.</param>
    public static ContextChoice Locate(
        string dockerfilePath, Dockerfile dockerfile, string? boundary = null, string? projectFile = null,
        IReadOnlyDictionary<string, string>? arguments = null)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        var path = Path.GetFullPath(dockerfilePath);
        var own = Path.GetDirectoryName(path)!;
        var folders = boundary is null
            ? Candidates(own, projectFile) : FromUpTo(own, Path.TrimEndingDirectorySeparator(Path.GetFullPath(boundary)));
        var composed = new Lazy<IReadOnlyDictionary<string, string>>(() => ComposeContexts.Of(path, Candidates(own, projectFile)));
        var named = NamedSources(dockerfile, arguments ?? new Dictionary<string, string>());
        if (named.Count > 0 && !folders.Exists(folder => named.TrueForAll(source => SourceSearch.Exists(folder, source))))
        {
            // A Dockerfile may stand beside its context; then only a compose file knows where that is.
            folders = [.. folders, .. composed.Value.Keys.Except(folders).Where(Directory.Exists)];
        }

        var (left, reason) = ByCopySources(folders, named);
        foreach (var (narrow, why) in Tells(path, dockerfile, projectFile, folders, composed))
        {
            if (left.Count == 1)
            {
                break;
            }

            if (narrow(left) is { Count: > 0 } fewer && fewer.Count < left.Count)
            {
                // What leaves the nearest folder in has not changed the answer.
                reason = fewer[0] == left[0] ? reason : why(fewer[0]);
                left = fewer;
            }
        }

        return new ContextChoice(left[0], reason);
    }

    /// <summary>The folders that may be the context: the Dockerfile's and those above it, up to the root of the repository or the solution.</summary>
    internal static List<string> Candidates(string own, string? projectFile) =>
        FromUpTo(own, Root(own) ?? Above(own, Path.GetDirectoryName(projectFile)));

    private static List<string> NamedSources(Dockerfile dockerfile, IReadOnlyDictionary<string, string> arguments)
    {
        var variables = new DockerfileVariables(dockerfile, arguments);
        return [.. CopySources.Of(dockerfile)
            .Select(source => source.HasVariables ? variables.TryExpand(source.Path) : source.Path)
            .OfType<string>()
            .Select(SlashPath.InContext)
            // Every folder has these, so they say nothing.
            .Where(path => path is not ("" or "*" or "**"))
            .Distinct(StringComparer.Ordinal)];
    }

    private static (List<string> Left, string Reason) ByCopySources(List<string> folders, List<string> named)
    {
        if (named.Count == 0)
        {
            return (folders, "the Dockerfile's folder, since no COPY source names a file");
        }

        var (best, left) = Most(folders, folder => named.Count(path => SourceSearch.Exists(folder, path)));
        if (best == 0)
        {
            return (folders, $"the Dockerfile's folder, since no folder from there up to {folders[^1]} has any COPY source ({Shortened(named)})");
        }

        var missing = named.FindAll(path => !SourceSearch.Exists(left[0], path));
        return (left, missing.Count == 0
            ? $"the nearest folder that has every COPY source ({Shortened(named)})"
            : $"the nearest folder that has most COPY sources, {best} of {named.Count}, without {Shortened(missing)}");
    }

    private static IEnumerable<(Func<List<string>, List<string>> Narrow, Func<string, string> Why)> Tells(
        string path, Dockerfile dockerfile, string? projectFile, List<string> folders, Lazy<IReadOnlyDictionary<string, string>> composed)
    {
        var own = folders[0];
        yield return (left => left.FindAll(composed.Value.ContainsKey),
            folder => $"the folder that {composed.Value[folder]} names for this Dockerfile");

        var used = UsedPaths.Of(dockerfile);
        yield return (
            left => Most(left, folder => used.Count(one => one.ExistsIn(folder))).Left,
            folder => "the nearest folder that has what the steps use "
                + $"({Shortened([.. used.Where(one => one.ExistsIn(folder)).Select(one => one.Written)])})");

        var copiesAll = CopySources.Of(dockerfile).Any(CopiedPaths.IsWholeContext) && UsedPaths.BuildsDotnet(dockerfile);
        var project = copiesAll ? ProjectOf(projectFile, own) : "";
        var references = ProjectReferences.ClosureOf(project);
        yield return (
            left => Most(left, folder => references.Count(reference => IsBelow(reference, folder))).Left,
            folder => $"the nearest folder that has the projects that {Path.GetFileName(project)} references "
                + $"({Shortened([.. references.Select(reference => Path.GetRelativePath(folder, reference).Replace('\\', '/'))])})");

        // A Dockerfile with a project beside it is that project's, whatever else names it.
        var solutions = new Lazy<IReadOnlyDictionary<string, string>>(() =>
            CopySources.Of(dockerfile).Any(CopiedPaths.IsWholeContext) && ProjectOf(null, own).Length == 0
                ? SolutionItems.FoldersOf(path, folders) : new Dictionary<string, string>());
        yield return (
            left => left.FindAll(solutions.Value.ContainsKey),
            folder => $"the folder of {solutions.Value[folder]}, which has this Dockerfile among its items");

        // One that stands beside another Dockerfile is for that one.
        yield return (
            left => copiesAll && !HasIgnoreFile(left[0], path)
                ? left.FindAll(folder => folder != own && HasIgnoreFile(folder, path) && !File.Exists(Path.Combine(folder, "Dockerfile"))) : [],
            _ => "the nearest folder with a .dockerignore");
    }

    private static bool HasIgnoreFile(string folder, string dockerfilePath) =>
        File.Exists(Path.Combine(folder, ".dockerignore"))
        || (folder == Path.GetDirectoryName(dockerfilePath) && File.Exists(dockerfilePath + ".dockerignore"));

    // A folder project builds what lies beside the Dockerfile.
    private static string ProjectOf(string? projectFile, string own) =>
        projectFile is not null && HasCode(projectFile) ? projectFile
        : Directory.EnumerateFiles(own, "*.*proj").Order(StringComparer.Ordinal).FirstOrDefault(HasCode) ?? "";

    private static bool HasCode(string projectFile) => !projectFile.EndsWith(".proj", StringComparison.OrdinalIgnoreCase);

    private static (int Best, List<string> Left) Most(List<string> folders, Func<string, int> count)
    {
        var counts = folders.ConvertAll(folder => (folder, count: count(folder)));
        var best = counts.Max(one => one.count);
        return (best, [.. counts.Where(one => one.count == best).Select(one => one.folder)]);
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

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Shortened(List<string> paths) =>
        string.Join(", ", paths.Take(PathsInReason)) + (paths.Count > PathsInReason ? ", ..." : "");
}
