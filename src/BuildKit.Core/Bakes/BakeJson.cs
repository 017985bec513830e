using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Bakes;

/// <summary>
/// JSON files by which the projects of a bake tell each other what they know. All that can be wrong with one, missing,
/// cut off or of another form, is one failure: BK6209.
/// </summary>
internal static class BakeJson
{
    /// <summary>Writes a file, which is there whole or not at all.</summary>
    public static void Write(string path, Action<Utf8JsonWriter> write) => WholeFile.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    /// <summary>Writes a list of objects as a member.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">Reads its object, to the end: what comes of it may not be read later.</param>
    /// <exception cref="DiagnosticException">BK6209.</exception>
    public static T Read<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DiagnosticException(BakeDiagnostics.FileUnreadable.At(new SourceLocation(path), path, failure.Message.TrimEnd('.')));
        }
    }

    /// <summary>The texts of a member, which has to be a list of texts.</summary>
    public static IReadOnlyList<string> Strings(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.Required())];

    /// <summary>A member that has to be a text.</summary>
    public static string String(this JsonElement element, string name) => element.GetProperty(name).Required();

    /// <summary>The objects of a member, which has to be a list.</summary>
    public static IReadOnlyList<T> Objects<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        [.. element.GetProperty(name).EnumerateArray().Select(read)];

    private static string Required(this JsonElement element) => element.GetString() ?? throw new InvalidOperationException("a text is null");
}
