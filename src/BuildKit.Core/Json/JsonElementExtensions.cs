using System.Text.Json;

namespace BuildKit.Core.Json;

/// <summary>
/// Reading of JSON that somebody else wrote: a member of another kind than expected counts as missing, so that an
/// odd answer never ends in an exception about JSON.
/// </summary>
internal static class JsonElementExtensions
{
    /// <summary>Parses text that may be broken.</summary>
    /// <returns>Null when it is not JSON; else a document of which every text can be read.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(JsonText.Readable(utf8));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a file that may be broken, or not there.</summary>
    /// <returns>Null when it cannot be read, or is not JSON.</returns>
    public static JsonDocument? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? TryParse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A member; default (kind Undefined) when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A member that is text; empty when there is none.</summary>
    public static string Text(this JsonElement element, string name) => element.Member(name).AsText();

    /// <summary>The element as text; empty when it is something else.</summary>
    public static string AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : "";

    /// <summary>A member that is a whole number; null when there is none.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>The elements of a member that is an array; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The texts of a member that is an array.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.AsText())];

    /// <summary>
    /// The members of a member that is an object; none when it is something else. Each name is there once: of a name that is
    /// written twice the last value counts, and an object that is written twice is one, as in Go.
    /// </summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object ? [] : element.EnumerateObject()
            .Where(member => member.NameEquals(name) && member.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(member => member.Value.EnumerateObject())
            .GroupBy(member => member.Name, StringComparer.Ordinal).Select(same => same.Last());
}
