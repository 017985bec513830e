using System.Text;
using System.Text.Json;

namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Names in instructions that Docker looks into: it expands variables and takes quotes away even in lists, and reads
/// sources of COPY as patterns (https://docs.docker.com/reference/dockerfile/#copy).
/// </summary>
internal static class DockerfileWords
{
    /// <summary>Paths as a list that means them and nothing else.</summary>
    public static string List(IEnumerable<string> paths) => JsonSerializer.Serialize(paths.Select(Literal), Plain);

    /// <summary>A source of COPY that stands for the one file of this name.</summary>
    public static string Source(string path)
    {
        var text = new StringBuilder();
        foreach (var character in path)
        {
            text.Append(character is '*' or '?' or '[' ? $"[{character}]" : character.ToString());
        }

        return text.ToString();
    }

    // A file that people read: names stay as they are.
    internal static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Literal(string path)
    {
        var text = new StringBuilder();
        foreach (var character in path)
        {
            text.Append(character is '$' or '\\' or '"' or '\'' ? "\\" + character : character.ToString());
        }

        return text.ToString();
    }
}
