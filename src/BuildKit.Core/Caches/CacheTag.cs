using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Images;

namespace BuildKit.Core.Caches;

/// <summary>
/// Tags of caches that belong to a branch, a pull request or a platform. Every tag is valid
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests) and no two things share one:
/// <c>_</c> stands only where this class puts it, and a name that cannot be written as it is ends in its hash.
/// </summary>
internal static partial class CacheTag
{
    private const int Longest = 128;
    private const int LongestBase = 60;
    private const int LongestPlatform = 24;
    private const int HashLength = 16;

    /// <summary>Tag of a branch's cache, for example <c>buildcache-feature-x_91c3…</c> for <c>feature/x</c>.</summary>
    /// <param name="tag">Tag of the production cache.</param>
    /// <param name="branch">Name of the branch; any text.</param>
    public static string OfBranch(string tag, string branch)
    {
        var start = Base(tag) + "-";
        // Capitals too: some registries and all of their users' file systems do not tell them apart.
        var room = Longest - LongestPlatform - start.Length;
        return start + (Plain().IsMatch(branch) && branch.Length <= room ? branch : Hashed(branch, room));
    }

    /// <summary>Tag of a pull request's cache, for example <c>buildcache-pr_12</c>.</summary>
    /// <param name="tag">Tag of the production cache.</param>
    /// <param name="number">Its number.</param>
    public static string OfPullRequest(string tag, string number)
    {
        var start = Base(tag) + "-pr_";
        // Fewer digits than the hash that ends a branch's tag, so that no branch has the same.
        return start + (number.Length is > 0 and < HashLength && number.All(char.IsAsciiDigit) ? number : "_" + Hash(number));
    }

    /// <summary>Tag of one platform's part of a cache, for example <c>buildcache_linux-arm64</c>.</summary>
    /// <param name="tag">Tag of the cache.</param>
    /// <param name="platform">The platform.</param>
    public static string OfPlatform(string tag, Platform platform)
    {
        var end = "_" + platform.ToString().Replace('/', '-');
        return (tag.Length + end.Length <= Longest ? tag : tag[..(Longest - end.Length - HashLength)] + Hash(tag)) + end;
    }

    // A tag of the user's own may leave no room for anything behind it.
    private static string Base(string tag) => tag.Length <= LongestBase ? tag : tag[..(LongestBase - HashLength)] + Hash(tag);

    private static string Hashed(string name, int room)
    {
        var readable = Other().Replace(name.ToLowerInvariant(), "-").Trim('-', '.');
        var length = Math.Min(readable.Length, room - HashLength - 1);
        return readable[..length] + "_" + Hash(name);
    }

    private static string Hash(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength].ToLowerInvariant();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[^a-z0-9.-]+")]
    private static partial Regex Other();
}
