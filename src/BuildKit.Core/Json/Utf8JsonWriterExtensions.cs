using System.Text.Json;

namespace BuildKit.Core.Json;

/// <summary>Writing of JSON by hand: a serialiser takes longer to start than everything else.</summary>
internal static class Utf8JsonWriterExtensions
{
    /// <summary>Writes a list of texts as a member.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
