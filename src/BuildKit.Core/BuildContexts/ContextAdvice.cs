namespace BuildKit.Core.BuildContexts;

/// <summary>Says which folder has what a step looked for in vain, when another folder was the build context.</summary>
internal static class ContextAdvice
{
    /// <summary>The sentences to add to an error; empty when no other folder has it either.</summary>
    /// <param name="dockerfilePath">Full path of the Dockerfile.</param>
    /// <param name="projectFile">Full path of the project.</param>
    /// <param name="choice">The context that was used, and why.</param>
    /// <param name="wanted">What was not found: paths in the context or in the image.</param>
    public static string Of(string dockerfilePath, string projectFile, ContextChoice choice, IReadOnlyList<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var own = Path.GetDirectoryName(Path.GetFullPath(dockerfilePath))!;
        // A context below the Dockerfile is as wrong as one above it.
        List<string> folders = [.. ContextLocator.Candidates(own, projectFile), .. DirectoriesOf(own)];
        foreach (var path in wanted.Select(path => SlashPath.InContext(path.Replace('\\', '/'))).Where(path => path.Length > 0))
        {
            foreach (var tail in Tails(path).Where(tail => !SourceSearch.Exists(choice.Directory, tail)))
            {
                if (folders.Find(folder => folder != choice.Directory && SourceSearch.Exists(folder, tail)) is { } other)
                {
                    var relative = Path.GetRelativePath(Path.GetDirectoryName(projectFile)!, other).Replace('\\', '/');
                    return $" The context was {choice.Directory} ({choice.Reason}); {other} has {tail}: "
                        + $"write <BuildKitContext>{relative}</BuildKitContext> if the Dockerfile was made for it.";
                }
            }
        }

        return "";
    }

    // In the image the context lies somewhere: of "/src/App/App.csproj" the end alone is a path of the context.
    private static IEnumerable<string> Tails(string path)
    {
        var parts = path.Split('/');
        return Enumerable.Range(0, parts.Length).Select(from => string.Join('/', parts[from..]));
    }

    private static IEnumerable<string> DirectoriesOf(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
