using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>Choice of a platform's manifest from an index.</summary>
internal static class ManifestIndex
{
    /// <summary>The digest of the manifest that fits best.</summary>
    /// <param name="index">Root of the index.</param>
    /// <param name="platform">What is asked for.</param>
    /// <returns>Null when none fits.</returns>
    public static string? Select(JsonElement index, Platform platform) =>
        index.Items("manifests")
            .Select(entry => (Digest: entry.Text("digest"), Rank: Rank(PlatformOf(entry), platform)))
            .Where(entry => entry.Rank >= 0 && entry.Digest.Length > 0)
            .OrderByDescending(entry => entry.Rank)
            .Select(entry => entry.Digest)
            .FirstOrDefault();

    /// <summary>The platforms of the index, for a text to people.</summary>
    public static string Describe(JsonElement index)
    {
        // BuildKit's attestations are entries of platform unknown/unknown.
        var names = index.Items("manifests").Select(PlatformOf).Where(p => p.OperatingSystem != "unknown").Select(p => p.ToString()).Distinct();
        return string.Join(", ", names);
    }

    private static Platform PlatformOf(JsonElement entry)
    {
        var platform = entry.Member("platform");
        return Normalised(new Platform(platform.Text("os"), platform.Text("architecture"), platform.Text("variant")));
    }

    // containerd/platforms: arm64 means arm64/v8, arm means arm/v7.
    private static Platform Normalised(Platform platform) => (platform.Architecture, platform.Variant) switch
    {
        ("arm64", "v8") or ("amd64", "v1") => platform with { Variant = "" },
        ("arm", "") => platform with { Variant = "v7" },
        _ => platform,
    };

    // Negative: does not fit. Higher fits better: an older variant still runs, an unnamed one most likely.
    private static int Rank(Platform offered, Platform asked)
    {
        asked = Normalised(asked);
        return offered.OperatingSystem != asked.OperatingSystem || offered.Architecture != asked.Architecture ? -1
            : offered.Variant == asked.Variant ? 100
            : VariantNumber(offered) <= VariantNumber(asked) ? VariantNumber(offered)
            : -1;
    }

    private static int VariantNumber(Platform platform) =>
        platform.Variant.Length > 1 && int.TryParse(platform.Variant.AsSpan(1), out var number) ? number : 0;
}
