using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

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
    /// <returns>Null when another image or nothing is kept.</returns>
    public BaseImage? TryRead(ImageReference reference)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var document = JsonElementExtensions.TryParse(File.ReadAllBytes(path));
        var root = document?.RootElement ?? default;
        return root.Text("reference") == reference.ToString() && root.Text("platform") == platform.ToString()
            ? new BaseImage(root.Text("reference"), root.Text("config"), root.Text("digest"), root.Member("oci").ValueKind == JsonValueKind.True)
            : null;
    }

    /// <summary>Keeps an image.</summary>
    public void Write(BaseImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.{Environment.ProcessId}.partial";
        using (var file = File.Create(partial))
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteString("reference", image.Reference);
            json.WriteString("platform", platform.ToString());
            json.WriteString("digest", image.Digest);
            json.WriteBoolean("oci", image.IsOci);
            json.WriteString("config", image.ConfigJson);
            json.WriteEndObject();
        }

        File.Move(partial, path, overwrite: true);
    }
}
