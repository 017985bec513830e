using System.Text;
using System.Text.Json;

namespace BuildKit.Core.Progress;

/// <summary>
/// Reads the error stream of <c>docker buildx build --progress=rawjson</c>, where JSON and, on a failure, plain text
/// follow each other. Works on the document model: it starts faster than reflection-based binding, and a task is short.
/// </summary>
public static class ProgressReader
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>Null when the line is plain text, to be kept as part of the error. Never throws.</returns>
    public static ProgressUpdate? TryRead(string line)
    {
        if (line.Length < 2 || line[0] != '{')
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var update = new ProgressUpdate(
                Items(root, "vertexes", Vertex),
                Items(root, "statuses", Status),
                Items(root, "logs", Log),
                Items(root, "warnings", Warning));
            var isEmpty = update.Vertices.Count + update.Statuses.Count + update.Logs.Count + update.Warnings.Count == 0;
            // An object that says nothing we know may be a tool's own log line, which can explain a failure.
            return isEmpty && root.EnumerateObject().Any() ? null : update;
        }
        // Besides malformed JSON: lone surrogates, which the parser lets pass until the text is asked for.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static VertexEvent? Vertex(JsonElement item) =>
        Text(item, "digest") is { Length: > 0 } digest
            ? new VertexEvent(
                digest,
                Text(item, "name"),
                Items(item, "inputs", input => input.ValueKind == JsonValueKind.String ? input.GetString() : null),
                Time(item, "started"),
                Time(item, "completed"),
                Member(item, "cached") is { ValueKind: JsonValueKind.True },
                Text(item, "error") is { Length: > 0 } error ? error : null)
            : null;

    private static StatusEvent? Status(JsonElement item) =>
        Text(item, "vertex") is { Length: > 0 } vertex
            ? new StatusEvent(
                vertex, Text(item, "id"), Number(item, "current"), Number(item, "total"), Time(item, "started"), Time(item, "completed"))
            : null;

    private static LogEvent? Log(JsonElement item) =>
        Text(item, "vertex") is { Length: > 0 } vertex
            ? new LogEvent(vertex, (int)Math.Clamp(Number(item, "stream"), 0, 2), Bytes(item, "data"))
            : null;

    private static WarningEvent? Warning(JsonElement item)
    {
        var text = Encoding.UTF8.GetString(Bytes(item, "short"));
        return text.Length == 0
            ? null
            : new WarningEvent(
                Text(item, "vertex"),
                (int)Math.Clamp(Number(item, "level"), 0, int.MaxValue),
                text,
                Text(item, "url"),
                Member(item, "sourceInfo") is { } source ? Text(source, "filename") : "",
                Items(item, "range", Range));
    }

    private static LineRange? Range(JsonElement item)
    {
        var start = Line(item, "start");
        return start == 0 ? null : new LineRange(start, Math.Max(start, Line(item, "end")));
    }

    private static int Line(JsonElement item, string name) =>
        Member(item, name) is { } position ? (int)Math.Clamp(Number(position, "line"), 0, int.MaxValue) : 0;

    private static List<T> Items<T>(JsonElement parent, string name, Func<JsonElement, T?> read)
        where T : class
    {
        var items = new List<T>();
        if (Member(parent, name) is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (var element in array.EnumerateArray())
            {
                if (read(element) is { } item)
                {
                    items.Add(item);
                }
            }
        }

        return items;
    }

    private static List<LineRange> Items(JsonElement parent, string name, Func<JsonElement, LineRange?> read) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(read).OfType<LineRange>()]
            : [];

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    private static string Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    private static long Number(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;

    private static byte[] Bytes(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.TryGetBytesFromBase64(out var bytes) ? bytes : [];

    // Go prints a time that was never set as year 1.
    private static DateTimeOffset? Time(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) && time.Year > 1
            ? time
            : null;
}
