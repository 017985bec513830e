using System.Text;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Builds;

/// <summary>The platform that an image says it is for; a build that names none gets that of its builder.</summary>
internal static class ImagePlatform
{
    /// <summary>The platform in a configuration; none when it does not say.</summary>
    /// <param name="configJson">Configuration of the image; may be empty.</param>
    public static IReadOnlyList<string> Of(string configJson)
    {
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(configJson));
        var root = document?.RootElement ?? default;
        return root.Text("os") is { Length: > 0 } system && root.Text("architecture") is { Length: > 0 } architecture
            ? [new Platform(system, architecture, root.Text("variant")).ToString()] : [];
    }
}
