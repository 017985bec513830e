using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BuildKit.Core.Json;

/// <summary>
/// JSON of others that is to be changed. <see cref="JsonNode.Parse(string, JsonNodeOptions?, JsonDocumentOptions)"/> throws
/// for a name that is there twice, and only when the object is looked at.
/// </summary>
internal static class JsonNodes
{
    /// <summary>The object that a text is; of a name that is written twice the last value counts.</summary>
    /// <returns>Null when the text is no JSON, or no object.</returns>
    public static JsonObject? TryParseObject(string text)
    {
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(text));
        return document is null ? null : Node(document.RootElement) as JsonObject;
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var entries = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    entries[member.Name] = Node(member.Value);
                }

                return entries;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
