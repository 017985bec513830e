namespace BuildKit.Core.Pruning;

/// <summary>A cache in a registry.</summary>
/// <param name="Repository">Registry and repository.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Digest">Digest of its manifest.</param>
/// <param name="Size">Bytes of its layers; layers that others have too count for each.</param>
/// <param name="Created">When the newest step in it was run; null when the cache does not say.</param>
/// <param name="Writer">Who writes it, as its tag says: development, production, branch, pull request or another.</param>
/// <param name="Platform">The platform that its tag names; empty when it names none.</param>
public sealed record CacheEntry(string Repository, string Tag, string Digest, long Size, DateTimeOffset? Created, string Writer, string Platform)
{
    /// <summary>The reference.</summary>
    public string Reference => $"{Repository}:{Tag}";
}
