namespace BuildKit.Core.Builds;

/// <summary>What buildx is pointed at: for published files a Dockerfile and context of our own making.</summary>
/// <param name="Dockerfile">Full path of the Dockerfile.</param>
/// <param name="Context">Full path or URL of the context.</param>
/// <param name="ConfigJson">Image configuration for the exporter; empty when the Dockerfile says it all.</param>
/// <param name="Labels">Whether labels are given as options; false when the configuration has them.</param>
public sealed record BuildSource(string Dockerfile, string Context, string ConfigJson = "", bool Labels = true)
{
    /// <summary>The source of a request that has a Dockerfile.</summary>
    public static BuildSource Of(BuildRequest request) => new(request.Dockerfile, request.Context);
}
