using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Systems;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// Keeps the configuration of a base image beside the image that is made on it: what a digest names never changes, and
/// reading it costs two requests, often to another host.
/// </summary>
/// <param name="path">Full path of the file.</param>
/// <param name="platform">Platform of the image to be made.</param>
internal sealed class BaseImageRecord(string path, Platform platform)
{
    /// <summary>Reads it.</summary>
    /// <param name="reference">The base image, by digest.</param>
    /// <returns>Null when another image or nothing is kept, or something damaged.</returns>
    public BaseImage? TryRead(ImageReference reference)
    {
        using var document = JsonElementExtensions.TryRead(path);
        var root = document?.RootElement ?? default;
        return root.Text("reference") == reference.ToString() && root.Text("platform") == platform.ToString()
            && JsonNodes.TryParseObject(root.Text("config")) is not null
            ? new BaseImage(root.Text("reference"), root.Text("config"), root.Text("digest"), root.Member("oci").ValueKind == JsonValueKind.True)
            : null;
    }

    /// <summary>Keeps an image; where that is not possible, the next build asks the registry again.</summary>
    public void Write(BaseImage image) => WholeFile.TryWrite(path, file =>
    {
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("reference", image.Reference);
        json.WriteString("platform", platform.ToString());
        json.WriteString("digest", image.Digest);
        json.WriteBoolean("oci", image.IsOci);
        json.WriteString("config", image.ConfigJson);
        json.WriteEndObject();
    });
}
