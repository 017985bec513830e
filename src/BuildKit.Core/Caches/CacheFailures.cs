using System.Text.RegularExpressions;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Caches;

/// <summary>What became of caches that could not be read or written, in words for people.</summary>
internal static partial class CacheFailures
{
    /// <summary>Messages for reads, warnings for writes.</summary>
    public static IEnumerable<Diagnostic> Diagnose(BuildGraph graph, IReadOnlyList<CacheReference> written)
    {
        var names = string.Join(", ", written.Select(cache => cache.Display));
        return graph.CacheReads.Where(read => read.Error is not null)
            .Select(read => CacheDiagnostics.NotRead.With(read.Reference, read.Reason))
            .Concat(graph.CacheWrites.Where(write => write.Error is not null)
                .Select(write => (IsFormRefused(write.Error!) ? CacheDiagnostics.FormRefused : CacheDiagnostics.WriteFailed)
                    .With(names, write.Reason))
                .DistinctBy(diagnostic => diagnostic.Message));
    }

    /// <summary>
    /// What was written. BuildKit names a write by its kind alone, so of several of one kind none counts when one failed.
    /// </summary>
    public static IEnumerable<CacheReference> Written(BuildGraph graph, IReadOnlyList<CacheReference> asked) =>
        asked.Where(cache => cache.Type == "inline"
            || (graph.CacheWrites.Where(write => KindOf(write.Reference) == cache.Type).ToList() is { Count: > 0 } writes
                && writes.TrueForAll(write => write.Error is null)));

    // The names of BuildKit's exporters, cache/remotecache in its source.
    private static string KindOf(string name) => name switch
    {
        "client directory" => "local",
        "GitHub Actions Cache" => "gha",
        "Amazon S3" => "s3",
        "Azure Blob Storage" => "azblob",
        _ => name,
    };

    /// <summary>Whether it is of no use to try again with the same login and tag.</summary>
    public static bool IsFinal(string error)
    {
        var kind = RegistryFault.Of(EngineErrorText.Clean(error)).Kind;
        return kind is RegistryFaultKind.Denied or RegistryFaultKind.Immutable;
    }

    // ECR, Nexus, Artifactory and others: the manifest itself is not to their liking.
    private static bool IsFormRefused(string error) => Form().IsMatch(error);

    [GeneratedRegex(@"\b400\b|\b415\b|MANIFEST_INVALID|manifest invalid|unsupported media type", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
