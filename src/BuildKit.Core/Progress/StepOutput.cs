using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Progress;

/// <summary>Joins the pieces of a step's output to lines, and keeps the last ones.</summary>
internal sealed partial class StepOutput
{
    /// <summary>How many lines are kept: enough for a compiler's errors, little enough for hundreds of steps.</summary>
    internal const int LinesKept = 60;

    // A program that never ends its line must not fill the memory.
    private const int LongestLine = 16 * 1024;

    private readonly Queue<string> _lines = new();
    private readonly Pending[] _streams = [new(), new(), new()];

    /// <summary>The last lines, the unfinished ones included.</summary>
    internal IReadOnlyList<string> Tail =>
        [.. _lines.Concat(_streams.Where(stream => stream.Text.Length > 0).Select(stream => Clean(stream.Text.ToString()))).TakeLast(LinesKept)];

    /// <summary>Takes a piece and gives the lines that it ends.</summary>
    /// <param name="stream">1 or 2; the two are joined to lines separately.</param>
    /// <param name="data">Bytes in UTF-8, which may end within a character.</param>
    internal List<string> Append(int stream, ReadOnlySpan<byte> data)
    {
        var pending = _streams[stream];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        var count = pending.Decoder.GetChars(data, characters, flush: false);
        var ended = new List<string>();
        foreach (var character in characters.AsSpan(0, count))
        {
            if (character == '\n' || pending.Text.Length >= LongestLine)
            {
                ended.Add(Take(pending));
            }

            if (character != '\n')
            {
                pending.Text.Append(character);
            }
        }

        return ended;
    }

    /// <summary>Ends the lines that no line feed ended, because the step is over.</summary>
    internal List<string> Flush() =>
        [.. _streams.Where(stream => stream.Text.Length > 0).Select(Take)];

    private string Take(Pending pending)
    {
        var line = Clean(pending.Text.ToString());
        pending.Text.Clear();
        _lines.Enqueue(line);
        if (_lines.Count > LinesKept)
        {
            _lines.Dequeue();
        }

        return line;
    }

    // A carriage return overwrites the line in a terminal (progress bars); colours are noise in a log.
    private static string Clean(string line)
    {
        line = Escapes().Replace(line.TrimEnd('\r', ' '), "");
        return line[(line.LastIndexOf('\r') + 1)..];
    }

    [GeneratedRegex(@"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9])")]
    private static partial Regex Escapes();

    private sealed class Pending
    {
        internal StringBuilder Text { get; } = new();

        internal Decoder Decoder { get; } = Encoding.UTF8.GetDecoder();
    }
}
