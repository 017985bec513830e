using System.Text;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Results;

/// <summary>
/// The result for scripts, beside the record: <c>&lt;name&gt;.image.json</c>, and the digest alone in
/// <c>&lt;name&gt;.digest</c>. Both are there as long as the record is, so a build that is not needed leaves them as they are.
/// </summary>
internal static class ResultFiles
{
    /// <summary>Writes both files.</summary>
    public static void Write(BuildRequest request, BuiltImage image)
    {
        WholeFile.Write(request.FileOf(".digest"), file => file.Write(Encoding.UTF8.GetBytes(image.Digest)));
        WholeFile.Write(request.FileOf(".image.json"), file => WriteImage(file, image));
    }

    private static void WriteImage(Stream file, BuiltImage image)
    {
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", image.Name);
        json.WriteTexts("references", image.References);
        json.WriteString("digest", image.Digest);
        json.WriteString("mediaType", image.MediaType);
        json.WriteString("configDigest", image.ConfigDigest);
        json.WriteTexts("files", image.Files.Select(state => state.Split('|')[0]));
        json.WriteStartArray("platforms");
        foreach (var platform in image.PlatformImages)
        {
            json.WriteStartObject();
            json.WriteString("platform", platform.Platform);
            json.WriteString("runtimeIdentifier", platform.RuntimeIdentifier);
            json.WriteString("digest", platform.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
