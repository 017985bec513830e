using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.BuildContexts;

/// <summary>Which files of the context a number of instructions brings into a stage.</summary>
/// <param name="sources">Sources of COPY, ADD and bind mounts.</param>
internal sealed class CopiedPaths(IEnumerable<CopySource> sources)
{
    private readonly List<CopySource> sources = [.. sources];

    /// <summary>Whether a source is the whole context.</summary>
    public static bool IsWholeContext(CopySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return !source.HasVariables && SlashPath.InContext(source.Path) is "" or "*" or "**";
    }

    /// <summary>Whether a path of the context is among what is brought. A source with a variable might be anything: then it is.</summary>
    /// <param name="path">Relative to the context, with slashes.</param>
    public bool Contains(string path) => sources.Exists(source => source.HasVariables || Covers(SlashPath.InContext(source.Path), path));

    private static bool Covers(string source, string path)
    {
        if (source.Length == 0 || path == source || path.StartsWith(source + "/", StringComparison.Ordinal))
        {
            return true;
        }

        if (source.IndexOfAny(['*', '?', '[']) < 0)
        {
            return false;
        }

        // A pattern that matches a folder brings all below it.
        var rules = DockerIgnore.Parse(source);
        return rules.IsIgnored(path);
    }
}
