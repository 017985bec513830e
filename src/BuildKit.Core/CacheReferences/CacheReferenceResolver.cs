using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.CacheReferences;

/// <summary>What a build needs to know to choose its caches.</summary>
public sealed record CacheQuestion
{
    /// <summary>Names of the references; null when there is no registry.</summary>
    public required CacheScope? Scope { get; init; }

    /// <summary>Who reads and writes what.</summary>
    public CacheProfile Profile { get; init; }

    /// <summary>Where the cache lies.</summary>
    public CacheType Type { get; init; }

    /// <summary>Whether it is written.</summary>
    public CacheWrite Write { get; init; }

    /// <summary>Whether the image is pushed.</summary>
    public bool Pushes { get; init; }

    /// <summary>Whether the image comes from a Dockerfile, whose stages before the last are worth keeping.</summary>
    public bool FromDockerfile { get; init; }

    /// <summary>The image's own references, which carry an inline cache.</summary>
    public IReadOnlyList<string> ImageReferences { get; init; } = [];

    /// <summary>The builder; null when it is not known.</summary>
    public Builder? Builder { get; init; }

    /// <summary>The project.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>The caches of a build.</summary>
/// <param name="From">To read, in order.</param>
/// <param name="To">To write.</param>
/// <param name="Reason">Which profile, why, what is read and written: one line for the log.</param>
/// <param name="Diagnostics">What could not be had; warnings at most.</param>
public sealed record ResolvedCaches(
    IReadOnlyList<CacheReference> From, IReadOnlyList<CacheReference> To, string Reason, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>No cache at all.</summary>
    public static ResolvedCaches None(string reason) => new([], [], reason, []);
}

/// <summary>
/// The order of reads and the one write of each profile: the guide's hierarchy. The one place where it is written.
/// </summary>
public static class CacheReferenceResolver
{
    /// <summary>Chooses the caches of a build.</summary>
    public static ResolvedCaches Resolve(CacheQuestion question)
    {
        if (question.Type == CacheType.None)
        {
            return ResolvedCaches.None("no cache references: BuildKitCacheType is none");
        }

        if (question.Scope is not { } scope)
        {
            return ResolvedCaches.None("no cache references: there is no registry to keep them in");
        }

        var write = question.Write == CacheWrite.Always || (question.Write == CacheWrite.Auto && question.Pushes);
        return question.Type == CacheType.Inline ? Inline(question, write) : Registry(question, scope, write);
    }

    private static ResolvedCaches Registry(CacheQuestion question, CacheScope scope, bool write)
    {
        IReadOnlyList<string> reads = question.Profile switch
        {
            CacheProfile.Production => [scope.Production],
            _ => [scope.Development, scope.Production],
        };
        var from = reads.Select(reference => CacheReference.Registry(reference)).ToList();
        if (!write)
        {
            return new ResolvedCaches(from, [], Explain(question, reads, question.Write == CacheWrite.Never
                ? "writes nothing: BuildKitCacheWrite is never" : "writes nothing: the image is not pushed"), []);
        }

        var target = reads[0];
        if (question.Builder is { Features.ExportsCaches: false } builder)
        {
            return new ResolvedCaches(from, [], Explain(question, reads, "writes nothing: the builder cannot"),
                [CacheDiagnostics.BuilderCannotExport.At(question.Location, builder.DisplayName, "registry", builder.Kind, target)]);
        }

        // image-manifest and oci-mediatypes: some registries refuse the older form; ignore-error: a cache is never a
        // reason to fail; min for published files, because all their layers are in the image itself.
        var to = CacheReference.Registry(
            target,
            new("mode", question.FromDockerfile ? "max" : "min"),
            new("image-manifest", "true"),
            new("oci-mediatypes", "true"),
            new("ignore-error", "true"));
        return new ResolvedCaches(from, [to], Explain(question, reads, "writes " + target), []);
    }

    private static ResolvedCaches Inline(CacheQuestion question, bool write) => new(
        [.. question.ImageReferences.Select(reference => CacheReference.Registry(reference))],
        write ? [new CacheReference("inline", [])] : [],
        Explain(question, question.ImageReferences, write ? "writes it into the image" : "writes nothing"),
        []);

    private static string Explain(CacheQuestion question, IReadOnlyList<string> reads, string writes) =>
        $"profile {question.Profile}: reads {string.Join(", then ", reads)}; {writes}";
}
