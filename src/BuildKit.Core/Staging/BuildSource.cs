using BuildKit.Core.Images;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Staging;

/// <summary>What buildx is pointed at: for published files a Dockerfile and context of our own making.</summary>
/// <param name="Dockerfile">Full path of the Dockerfile.</param>
/// <param name="Context">Full path or URL of the context.</param>
/// <param name="Labels">Whether labels are given as options; false when the configuration has them.</param>
public sealed record BuildSource(string Dockerfile, string Context, bool Labels = true)
{
    /// <summary>Image configurations for the exporter, as JSON, by platform; empty when the Dockerfile says it all.</summary>
    public IReadOnlyList<KeyValuePair<Platform, string>> Configs { get; init; } = [];

    /// <summary>Whether times of files later than SOURCE_DATE_EPOCH become that time.</summary>
    public bool RewriteTimestamps { get; init; }

    /// <summary>Whether the image gets OCI's media types when the project does not say.</summary>
    public bool OciTypes { get; init; }

    /// <summary>The project's own end of a Dockerfile of our making; null without one.</summary>
    public DockerfileFragment? Fragment { get; init; }

    /// <summary>Full path of the Dockerfile when some of it is the user's; null when all of it is ours.</summary>
    /// <param name="request">The request that it was made for.</param>
    public string? OfUser(BuildRequest request) => request.Dockerfile.Length > 0 || Fragment is not null ? Dockerfile : null;

    /// <summary>The source of a request that has a Dockerfile.</summary>
    public static BuildSource Of(BuildRequest request) => new(request.Dockerfile, request.Context);
}
