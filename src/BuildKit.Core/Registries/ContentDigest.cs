using System.Security.Cryptography;

namespace BuildKit.Core.Registries;

/// <summary>Digests of content, <c>algorithm:hex</c>; both algorithms of the OCI image specification.</summary>
internal static class ContentDigest
{
    /// <summary>The digest that registries give by themselves.</summary>
    public static string Sha256(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>Whether the content is what the digest says; an algorithm nobody here knows counts as no.</summary>
    public static bool Matches(string digest, ReadOnlySpan<byte> content) =>
        digest.StartsWith("sha512:", StringComparison.Ordinal)
            ? digest == "sha512:" + Convert.ToHexString(SHA512.HashData(content)).ToLowerInvariant()
            : digest == Sha256(content);
}
