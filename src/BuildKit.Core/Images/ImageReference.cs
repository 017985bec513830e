using System.Text.RegularExpressions;

namespace BuildKit.Core.Images;

/// <summary>
/// The name of an image: registry, repository, and a tag or digest. Grammar:
/// https://github.com/distribution/reference (names are normalised as Docker does it).
/// </summary>
/// <param name="Registry">Host with an optional port; empty stands for the local engine or Docker Hub.</param>
/// <param name="Repository">Path in the registry, for example <c>team/shop-api</c>.</param>
/// <param name="Tag">Tag; empty when only a digest is given.</param>
/// <param name="Digest">Digest, for example <c>sha256:...</c>; empty when only a tag is given.</param>
public sealed partial record ImageReference(string Registry, string Repository, string Tag, string Digest = "")
{
    /// <summary>Registry and repository, without tag and digest.</summary>
    public string Name => Registry.Length == 0 ? Repository : $"{Registry}/{Repository}";

    /// <summary>Reads a reference as Docker reads it.</summary>
    /// <returns>Null when it is not valid.</returns>
    public static ImageReference? TryParse(string text)
    {
        var rest = text;
        var digest = "";
        var at = rest.IndexOf('@');
        if (at >= 0)
        {
            digest = rest[(at + 1)..];
            rest = rest[..at];
            if (!DigestForm().IsMatch(digest))
            {
                return null;
            }
        }

        var tag = "";
        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
            if (!IsTag(tag))
            {
                return null;
            }
        }

        var registry = "";
        var slash = rest.IndexOf('/');
        // Docker's rule: the first part is a registry when it looks like a host.
        if (slash > 0 && (rest[..slash].IndexOfAny(['.', ':']) >= 0 || rest[..slash] == "localhost"))
        {
            registry = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        return IsRepository(rest) && (registry.Length == 0 || IsRegistry(registry))
            ? new ImageReference(registry, rest, tag.Length == 0 && digest.Length == 0 ? "latest" : tag, digest)
            : null;
    }

    /// <summary>Whether the text may be a tag.</summary>
    public static bool IsTag(string text) => TagForm().IsMatch(text);

    /// <summary>Whether the text may be a repository, without a registry.</summary>
    public static bool IsRepository(string text) => text.Length <= 255 && RepositoryForm().IsMatch(text);

    /// <summary>Whether the text may be a registry: host with an optional port.</summary>
    public static bool IsRegistry(string text) => RegistryForm().IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() =>
        Name + (Tag.Length == 0 ? "" : ":" + Tag) + (Digest.Length == 0 ? "" : "@" + Digest);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagForm();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryForm();

    [GeneratedRegex(
        @"^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::[0-9]{1,5})?\z")]
    private static partial Regex RegistryForm();

    [GeneratedRegex(@"^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}\z")]
    private static partial Regex DigestForm();
}
