namespace BuildKit.Core.Images;

/// <summary>The image of one platform in an index that was built.</summary>
/// <param name="Platform">For example <c>linux/arm64</c>.</param>
/// <param name="RuntimeIdentifier">For example <c>linux-arm64</c>; empty when it is not made from published files.</param>
/// <param name="Digest">Digest of its manifest.</param>
/// <param name="MediaType">Media type of its manifest.</param>
/// <param name="ManifestJson">Its manifest.</param>
/// <param name="ConfigJson">Its configuration.</param>
public sealed record PlatformImage(
    string Platform, string RuntimeIdentifier, string Digest, string MediaType, string ManifestJson, string ConfigJson);
