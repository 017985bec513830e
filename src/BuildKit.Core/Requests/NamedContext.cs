using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Requests;

/// <summary>
/// A further build context, used by name in <c>COPY --from</c> or <c>FROM</c>. The name may be an image reference:
/// then every use of that image is replaced, which is how a base image is swapped for a mirror.
/// </summary>
/// <param name="Name">Name in the Dockerfile.</param>
/// <param name="Source">Full path of a folder, or a URL, <c>docker-image://</c>, <c>oci-layout://</c>, <c>target:</c>.</param>
/// <param name="IsMirror">Whether it only says where a base image is fetched from: then it changes no result.</param>
public sealed record NamedContext(string Name, string Source, bool IsMirror = false)
{
    /// <summary>Folders for several platforms; empty when the source is for all; else the first is the source.</summary>
    public IReadOnlyList<NamedContextFolder> Platforms { get; init; } = [];

    /// <summary>What a source that is an image begins with.</summary>
    public const string ImageScheme = "docker-image://";

    /// <summary>The image that stands in for one.</summary>
    /// <param name="contexts">The contexts of the build.</param>
    /// <param name="image">The image, as FROM names it.</param>
    public static string ImageFor(IEnumerable<NamedContext> contexts, string image) =>
        contexts.FirstOrDefault(context => context.Name == image && context.Source.StartsWith(ImageScheme, StringComparison.Ordinal))
            ?.Source[ImageScheme.Length..] ?? image;

    /// <summary>Whether the source is a folder on this machine.</summary>
    public bool IsFolder => !HasScheme(Source);

    /// <summary>Whether a source names something else than a folder.</summary>
    public static bool HasScheme(string source) =>
        source.Contains("://", StringComparison.Ordinal)
        || source.StartsWith("target:", StringComparison.Ordinal)
        || source.StartsWith("git@", StringComparison.Ordinal);

    /// <summary>Checks the name, and that a folder exists.</summary>
    /// <returns>BK2010 to BK2012; null when all is well.</returns>
    public Diagnostic? Validate(SourceLocation? location)
    {
        if (Name.Length == 0 || Name.Contains('=', StringComparison.Ordinal))
        {
            return PropertyDiagnostics.InvalidName.At(location, "The named context", Name, "its name may not be empty or have '='");
        }

        return !IsFolder ? CheckUrl($"The named context {Name}", Source, location)
            : Directory.Exists(Source) ? null
            : PropertyDiagnostics.NamedContextMissing.At(location, Name, Source);
    }

    /// <summary>Warns of a password in the URL of a context.</summary>
    /// <param name="what">What has the URL, for the message.</param>
    /// <param name="url">The URL.</param>
    /// <param name="location">Where it is written.</param>
    /// <returns>BK2010; null without a password.</returns>
    public static Diagnostic? CheckUrl(string what, string url, SourceLocation? location) => !UrlCredentials.IsIn(url) ? null
        : PropertyDiagnostics.LooksSecret.At(location, what, "its URL has a password or token",
            "It stands in command lines, in binary logs and in the cache of BuildKit. Take it out of the URL, and give it to BuildKit by "
            + "<BuildKitSecret Include=\"GIT_AUTH_TOKEN\" EnvironmentVariable=\"GIT_AUTH_TOKEN\" />.");

    /// <summary>The arguments that give it to buildx.</summary>
    public IEnumerable<string> ToArguments() => ["--build-context", $"{Name}={Source}"];
}
