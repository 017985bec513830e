namespace BuildKit.Core.BuildContexts;

/// <summary>A path of the context that a step uses after the whole context was copied.</summary>
/// <param name="Written">The path, for people.</param>
/// <param name="Alternatives">Paths or patterns relative to the context; one of them is enough.</param>
internal sealed record UsedPath(string Written, IReadOnlyList<string> Alternatives)
{
    /// <summary>Whether a folder has it.</summary>
    public bool ExistsIn(string folder) => Alternatives.Any(path => path.Length > 0 && SourceSearch.Exists(folder, path));
}
