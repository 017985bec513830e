using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Caches;

/// <summary>What a build needs to know to choose its caches.</summary>
internal sealed record CacheQuestion
{
    /// <summary>Names of the references; null when there is no registry.</summary>
    public required CacheScope? Scope { get; init; }

    /// <summary>Who reads and writes what.</summary>
    public CacheProfile Profile { get; init; }

    /// <summary>How the profile was chosen, with the branches it needs; null when only the profile is known.</summary>
    public CacheProfileChoice? Choice { get; init; }

    /// <summary>Where the cache lies.</summary>
    public CacheType Type { get; init; }

    /// <summary>Whether it is written.</summary>
    public CacheWrite Write { get; init; }

    /// <summary>Compression of the layers that are written; empty for BuildKit's own (gzip).</summary>
    public string Compression { get; init; } = "";

    /// <summary>Whether the image is pushed.</summary>
    public bool Pushes { get; init; }

    /// <summary>Whether the image comes from a Dockerfile, whose stages before the last are worth keeping.</summary>
    public bool FromDockerfile { get; init; }

    /// <summary>The image's own references, which carry an inline cache.</summary>
    public IReadOnlyList<string> ImageReferences { get; init; } = [];

    /// <summary>Platforms of the image; empty for the builder's own.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

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
