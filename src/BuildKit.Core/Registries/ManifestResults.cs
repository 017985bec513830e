namespace BuildKit.Core.Registries;

/// <summary>What a reference resolves to, without its content.</summary>
/// <param name="Digest">Digest of the index or manifest.</param>
/// <param name="MediaType">Its media type (<see cref="ManifestTypes"/>).</param>
/// <param name="Size">Its size in bytes, without what it points to.</param>
public sealed record ManifestHead(string Digest, string MediaType, long Size);

/// <summary>An index or manifest.</summary>
/// <param name="Digest">Digest of <paramref name="Content"/>, verified.</param>
/// <param name="MediaType">Its media type (<see cref="ManifestTypes"/>).</param>
/// <param name="Content">The bytes as the registry keeps them; any other form has another digest.</param>
public sealed record ManifestContent(string Digest, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>The configuration of one platform's image, and the way to it.</summary>
/// <param name="IndexOrManifestDigest">What the reference resolves to.</param>
/// <param name="ManifestDigest">The platform's manifest; equal to the former when there is no index.</param>
/// <param name="ConfigDigest">The configuration.</param>
/// <param name="ConfigJson">Its text (https://github.com/opencontainers/image-spec/blob/main/config.md).</param>
/// <param name="ManifestJson">Text of the platform's manifest.</param>
/// <param name="MediaType">Media type of the platform's manifest.</param>
public sealed record ImageConfigResult(
    string IndexOrManifestDigest,
    string ManifestDigest,
    string ConfigDigest,
    string ConfigJson,
    string ManifestJson,
    string MediaType);
