using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Results;

/// <summary>
/// What an archive or layout folder says about the image in it, for images that went nowhere else: both forms hold their
/// manifests and configurations by digest (https://github.com/opencontainers/image-spec/blob/main/image-layout.md).
/// </summary>
internal static class ArchivedImage
{
    // Manifests and configurations are small; layers are not read.
    private const long Largest = 4 << 20;

    /// <summary>Adds manifest and configuration, and those of each platform behind an index.</summary>
    /// <param name="request">The request.</param>
    /// <param name="image">The result so far; its digest is looked up.</param>
    /// <param name="output">An archive, not compressed yet, or a folder.</param>
    public static BuiltImage Complete(BuildRequest request, BuiltImage image, BuildOutput output)
    {
        var blobs = output.IsArchive ? OfArchive(BuildOutput.TemporaryPath(output.Path)) : OfFolder(output.Path);
        var manifest = blobs(image.Digest);
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(manifest));
        if (document is null)
        {
            return image;
        }

        var children = document.RootElement.Items("manifests").ToList();
        var platforms = request.Platforms.Select((platform, index) => (platform, index))
            .SelectMany(one => children.Where(child => IsFor(child, one.platform)).Take(1).Select(child => Of(one.platform, one.index, child)))
            .ToList();
        return image with
        {
            ManifestJson = manifest,
            PlatformImages = platforms,
            ConfigJson = platforms.Count > 0 ? platforms[0].ConfigJson : blobs(ConfigOf(manifest)),
        };

        PlatformImage Of(Platform platform, int index, JsonElement child)
        {
            var own = blobs(child.Text("digest"));
            return new PlatformImage(
                platform.ToString(), request.PublishOutput?.All[index].RuntimeIdentifier ?? "", child.Text("digest"), child.Text("mediaType"), own,
                blobs(ConfigOf(own)));
        }
    }

    private static bool IsFor(JsonElement child, Platform platform) =>
        child.Member("platform") is var found && found.Text("os") == platform.OperatingSystem && found.Text("architecture") == platform.Architecture
        && (platform.Variant.Length == 0 || found.Text("variant") == platform.Variant);

    private static string ConfigOf(string manifest)
    {
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(manifest));
        return document?.RootElement.Member("config").Text("digest") ?? "";
    }

    private static Func<string, string> OfFolder(string folder) => digest =>
        Path.Combine(folder, "blobs", digest.Replace(':', '/')) is var file && digest.Length > 0 && File.Exists(file) ? File.ReadAllText(file) : "";

    private static Func<string, string> OfArchive(string path)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Read(path, texts);
        }
        catch (Exception failure) when (TarFault.IsDamage(failure))
        {
            // The image is made; only that much less is reported about it.
        }

        return digest => texts.GetValueOrDefault(digest, "");
    }

    private static void Read(string path, Dictionary<string, string> texts)
    {
        using var file = File.OpenRead(path);
        using var reader = new TarReader(file);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry is { DataStream: { } data, Length: > 0 and < Largest } && entry.Name.StartsWith("blobs/", StringComparison.Ordinal))
            {
                var first = data.ReadByte();
                if (first == '{')
                {
                    using var text = new StreamReader(data, Encoding.UTF8);
                    texts[entry.Name["blobs/".Length..].Replace('/', ':')] = "{" + text.ReadToEnd();
                }
            }
        }
    }
}
