using System.Text.Json;

namespace BuildKit.Core.Dockerfiles;

/// <summary>The exec form of an instruction's arguments: a JSON array of texts.</summary>
internal static class JsonWords
{
    /// <summary>The texts; null when it is not such an array, so that the plain form applies.</summary>
    public static string[]? TryParse(string arguments)
    {
        if (!arguments.StartsWith('['))
        {
            return null;
        }

        try
        {
            var words = JsonSerializer.Deserialize<string[]>(arguments);
            return words is null || words.Any(word => word is null) ? null : words;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
