using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Progress;

/// <summary>Joins the pieces of a step's output to lines, and keeps the last ones.</summary>
internal sealed partial class StepOutput
{
    /// <summary>How many lines are kept: enough for a compiler's errors, little enough for hundreds of steps.</summary>
    internal const int LinesKept = 60;

    /// <summary>How many lines of a step are passed on; the last ones are kept in any case.</summary>
    internal const int LinesPassedOn = 5_000;

    // What comes after it until the line's end is counted only: a program that never ends its line must fill neither memory nor log.
    private const int LongestLine = 2_000;

    // A progress bar overwrites its line many times; only what is left at the end counts.
    private const int LongestPending = 16 * 1024;

    private readonly Queue<string> lines = new();
    private readonly Pending[] streams = [new(), new(), new()];
    private int endedLines;

    /// <summary>The last lines, the unfinished ones included.</summary>
    internal IReadOnlyList<string> Tail =>
        [.. lines.Concat(streams.Where(stream => stream.Text.Length > 0).Select(TextOf)).TakeLast(LinesKept)];

    /// <summary>Takes a piece and gives the lines that it ends.</summary>
    /// <param name="stream">1 or 2; the two are joined to lines separately.</param>
    /// <param name="data">Bytes in UTF-8, which may end within a character.</param>
    internal List<string> Append(int stream, ReadOnlySpan<byte> data)
    {
        var pending = streams[stream];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        var rest = characters.AsSpan(0, pending.Decoder.GetChars(data, characters, flush: false));
        var ended = new List<string>();
        for (var end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n'))
        {
            pending.Add(rest[..end]);
            rest = rest[(end + 1)..];
            End(pending, ended);
        }

        pending.Add(rest);
        return ended;
    }

    /// <summary>Ends the lines that no line feed ended, because the step is over, and says how many were not passed on.</summary>
    internal List<string> Flush()
    {
        var ended = new List<string>();
        foreach (var stream in streams.Where(stream => stream.Text.Length > 0))
        {
            End(stream, ended);
        }

        if (endedLines > LinesPassedOn)
        {
            ended.Add(string.Create(CultureInfo.InvariantCulture,
                $"({endedLines - LinesPassedOn:N0} more lines are not shown; the last {LinesKept} are kept)"));
            endedLines = 0;
        }

        return ended;
    }

    private void End(Pending pending, List<string> ended)
    {
        var line = TextOf(pending);
        pending.Clear();
        lines.Enqueue(line);
        if (lines.Count > LinesKept)
        {
            lines.Dequeue();
        }

        if (++endedLines <= LinesPassedOn)
        {
            ended.Add(line);
        }
    }

    private static string TextOf(Pending pending)
    {
        var line = Clean(pending.Text.ToString());
        var length = line.Length + pending.Dropped;
        return length > LongestLine
            ? string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, Math.Min(line.Length, LongestLine))}… ({length:N0} characters)") : line;
    }

    // A carriage return overwrites the line in a terminal (progress bars). Colours are noise in a log, and whatever else steers a
    // terminal must not reach the reader's.
    private static string Clean(string line)
    {
        line = Escapes().Replace(line.TrimEnd('\r', ' '), "");
        return Controls().Replace(line[(line.LastIndexOf('\r') + 1)..], "");
    }

    // CSI, OSC and the other strings with or without their end, and sequences of two characters.
    [GeneratedRegex(@"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[\x00-\x08\x0a-\x1f\x7f-\x9f]")]
    private static partial Regex Controls();

    private sealed class Pending
    {
        internal StringBuilder Text { get; } = new();

        internal long Dropped { get; private set; }

        internal Decoder Decoder { get; } = Encoding.UTF8.GetDecoder();

        internal void Add(ReadOnlySpan<char> text)
        {
            // What was overwritten is gone; a carriage return that nothing follows yet may be half of a line's end.
            var overwritten = text.TrimEnd('\r').LastIndexOf('\r');
            if (overwritten >= 0 || (text.Length > 0 && text[0] != '\r' && Text.Length > 0 && Text[^1] == '\r'))
            {
                Clear();
                text = text[(overwritten + 1)..];
            }

            var taken = Math.Min(text.Length, LongestPending - Text.Length);
            Text.Append(text[..taken]);
            Dropped += text.Length - taken;
        }

        internal void Clear()
        {
            Text.Clear();
            Dropped = 0;
        }
    }
}
