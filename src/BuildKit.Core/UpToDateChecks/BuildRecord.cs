using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Systems;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>
/// What the last successful build of an image was made of, and what it gave: a small JSON file in <c>obj/</c>. Read and
/// written by hand, because a serialiser takes longer to start than everything else on the path where nothing changed.
/// </summary>
/// <param name="Fingerprint">Hash over all inputs.</param>
/// <param name="Image">The result.</param>
internal sealed record BuildRecord(string Fingerprint, BuiltImage Image)
{
    /// <summary>The caches that were to be written, as one text; empty for none.</summary>
    public string Caches { get; init; } = "";

    /// <summary>A hash for each kind of input; empty in a record of an earlier version.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a record.</summary>
    /// <returns>Null when there is none, or none that can be read: then the image is built.</returns>
    public static BuildRecord? Read(string path)
    {
        using var document = JsonElementExtensions.TryRead(path);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.Text("fingerprint").Length > 0
            ? new BuildRecord(root.Text("fingerprint"), ReadImage(root))
            {
                Caches = root.Text("caches"),
                Inputs = ReadInputs(root.Member("inputs")),
            }
            : null;
    }

    /// <summary>Writes the record, whole or not at all.</summary>
    public void Write(string path) => WholeFile.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("fingerprint", Fingerprint);
        json.WriteString("caches", Caches);
        json.WriteStartObject("inputs");
        Inputs.ToList().ForEach(input => json.WriteString(input.Key, input.Value));
        json.WriteEndObject();
        WriteImage(json);
        json.WriteEndObject();
    });

    private static Dictionary<string, string> ReadInputs(JsonElement inputs) =>
        inputs.ValueKind == JsonValueKind.Object ? inputs.EnumerateObject().ToDictionary(input => input.Name, input => input.Value.ToString()) : [];

    private static BuiltImage ReadImage(JsonElement root) => new()
    {
        Name = root.Text("name"),
        References = root.Texts("references"),
        Digest = root.Text("digest"),
        MediaType = root.Text("mediaType"),
        ConfigDigest = root.Text("configDigest"),
        EngineId = root.Text("engineId"),
        Platforms = root.Texts("platforms"),
        ManifestJson = root.Text("manifest"),
        ConfigJson = root.Text("config"),
        Seconds = (root.Number("milliseconds") ?? 0) / 1000.0,
        StepsCached = (int)(root.Number("stepsCached") ?? 0),
        StepsRun = (int)(root.Number("stepsRun") ?? 0),
        SlowestStep = root.Text("slowestStep"),
        CacheRead = root.Texts("cacheRead"),
        CacheWritten = root.Texts("cacheWritten"),
        ContextBytes = root.Number("contextBytes") ?? 0,
        PushedBytes = root.Number("pushedBytes") ?? -1,
        Size = root.Number("size") ?? -1,
        Files = root.Texts("files"),
        PlatformImages = ReadPlatforms(root),
    };

    private void WriteImage(Utf8JsonWriter json)
    {
        json.WriteString("name", Image.Name);
        json.WriteTexts("references", Image.References);
        json.WriteString("digest", Image.Digest);
        json.WriteString("mediaType", Image.MediaType);
        json.WriteString("configDigest", Image.ConfigDigest);
        json.WriteString("engineId", Image.EngineId);
        json.WriteTexts("platforms", Image.Platforms);
        json.WriteString("manifest", Image.ManifestJson);
        json.WriteString("config", Image.ConfigJson);
        json.WriteNumber("milliseconds", (long)(Image.Seconds * 1000));
        json.WriteNumber("stepsCached", Image.StepsCached);
        json.WriteNumber("stepsRun", Image.StepsRun);
        json.WriteString("slowestStep", Image.SlowestStep);
        json.WriteTexts("cacheRead", Image.CacheRead);
        json.WriteTexts("cacheWritten", Image.CacheWritten);
        json.WriteNumber("contextBytes", Image.ContextBytes);
        json.WriteNumber("pushedBytes", Image.PushedBytes);
        json.WriteNumber("size", Image.Size);
        json.WriteTexts("files", Image.Files);
        json.WriteStartArray("platformImages");
        foreach (var image in Image.PlatformImages)
        {
            json.WriteStartObject();
            json.WriteString("platform", image.Platform);
            json.WriteString("runtimeIdentifier", image.RuntimeIdentifier);
            json.WriteString("digest", image.Digest);
            json.WriteString("mediaType", image.MediaType);
            json.WriteString("manifest", image.ManifestJson);
            json.WriteString("config", image.ConfigJson);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static List<PlatformImage> ReadPlatforms(JsonElement root) =>
        [.. root.Items("platformImages").Select(image => new PlatformImage(
            image.Text("platform"), image.Text("runtimeIdentifier"), image.Text("digest"), image.Text("mediaType"),
            image.Text("manifest"), image.Text("config")))];
}
