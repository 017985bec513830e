using BuildKit.Core.Json;

namespace BuildKit.Core.Results;

/// <summary>
/// What buildx writes into its metadata file. It is not written when a build fails, and an older one stays: it is
/// removed before each run.
/// </summary>
/// <param name="Digest">Digest of the image; empty for a plain folder.</param>
/// <param name="MediaType">Media type of what the digest names.</param>
/// <param name="ConfigDigest">Digest of the configuration; buildx gives it for a single manifest only.</param>
/// <param name="BuildReference">BuildKit's name of the build, for <c>docker buildx history</c>.</param>
/// <param name="CacheDigest">Digest of the cache manifest that was written; empty when none was.</param>
internal sealed record BuildMetadata(
    string Digest, string MediaType, string ConfigDigest, string BuildReference, string CacheDigest)
{
    /// <summary>Reads the file.</summary>
    /// <returns>Null when there is none, or none that can be read.</returns>
    public static BuildMetadata? Read(string path)
    {
        using var document = JsonElementExtensions.TryRead(path);
        return document?.RootElement is not { } root ? null : new BuildMetadata(
            root.Text("containerimage.digest"),
            root.Member("containerimage.descriptor").Text("mediaType"),
            root.Text("containerimage.config.digest"),
            root.Text("buildx.build.ref"),
            root.Member("cache.manifest").Text("digest"));
    }
}
