using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Progress;

/// <summary>
/// The plain text with which buildx ends a failed run: a block of source lines, if the error has any, and an
/// <c>ERROR:</c> line with a chain of causes.
/// </summary>
/// <param name="Raw">The error with its prefixes; empty when nothing was said.</param>
/// <param name="Message">The error without prefixes and random identifiers, on one line, without a full stop at its end.</param>
/// <param name="Target">The bake target that failed; null outside bake.</param>
/// <param name="File">The Dockerfile's name as BuildKit knows it, without its folder; null without a block.</param>
/// <param name="Line">First line concerned, from 1; 0 when none is named.</param>
/// <param name="EndLine">Last line concerned; 0 when it is one line.</param>
/// <param name="SourceLine">The first of the lines concerned; empty without a block.</param>
internal sealed partial record EngineErrorText(
    string Raw, string Message, string? Target, string? File, int Line, int EndLine, string SourceLine)
{
    private const int HalfMessage = 1500;

    /// <summary>Reads the text.</summary>
    /// <param name="lines">Lines that are not progress, in order.</param>
    public static EngineErrorText Parse(IReadOnlyList<string> lines)
    {
        var raw = ErrorOf(lines);
        var block = BlockOf(lines);
        var line = block.Line;
        if (line == 0 && OnLine().Match(raw) is { Success: true } named)
        {
            line = Number(named.Groups["line"].Value);
        }

        var target = TargetForm().Match(raw) is { Success: true } match ? match.Groups["target"].Value : null;
        return new EngineErrorText(
            raw, Clean(raw), target, block.File, line, block.EndLine > line ? block.EndLine : 0, block.Source);
    }

    /// <summary>Takes prefixes and random identifiers out of an error text, and the full stop off its end.</summary>
    public static string Clean(string text)
    {
        text = Prefixes().Replace(text, "");
        text = RandomReference().Replace(text, "");
        text = LongDigest().Replace(text, "$1");
        text = Spaces().Replace(text, " ").Trim().TrimEnd('.');
        // The cause stands at the end, what was tried at the beginning: both stay.
        return text.Length > 2 * HalfMessage ? $"{text[..HalfMessage]} ... {text[^HalfMessage..]}" : text;
    }

    // The last ERROR: line and what follows it. Without one (bad flags, no plugin) the first paragraph: usage comes after it.
    private static string ErrorOf(IReadOnlyList<string> lines)
    {
        var last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith("ERROR: ", StringComparison.Ordinal))
            {
                last = i;
            }
        }

        return last >= 0
            ? string.Join('\n', lines.Skip(last).TakeWhile(IsPartOfError)).Trim()
            : string.Join('\n', lines
                .Where(line => !line.StartsWith("WARNING: ", StringComparison.Ordinal))
                .SkipWhile(string.IsNullOrWhiteSpace)
                .TakeWhile(line => !string.IsNullOrWhiteSpace(line)));
    }

    private static bool IsPartOfError(string line) =>
        !string.IsNullOrWhiteSpace(line) && !line.StartsWith("View build details:", StringComparison.Ordinal);

    private static (string? File, int Line, int EndLine, string Source) BlockOf(IReadOnlyList<string> lines)
    {
        (string? File, int Line, int EndLine, string Source) block = (null, 0, 0, "");
        for (var i = 0; i < lines.Count; i++)
        {
            if (i + 1 < lines.Count && Ruler().IsMatch(lines[i + 1]) && Header().Match(lines[i]) is { Success: true } header)
            {
                block = (header.Groups["file"].Value, Number(header.Groups["line"].Value), 0, "");
            }
            else if (Marked().Match(lines[i]) is { Success: true } marked)
            {
                var line = Number(marked.Groups["line"].Value);
                // A Dockerfile read from standard input has a block without a header.
                block = block.Source.Length == 0
                    ? (block.File, block.Line == 0 ? line : block.Line, line, marked.Groups["source"].Value.Trim())
                    : block with { EndLine = line };
            }
        }

        return block;
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?<file>.+):(?<line>[0-9]+)$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^-{20}$")]
    private static partial Regex Ruler();

    [GeneratedRegex(@"^\s*(?<line>[0-9]+) \| >>> ?(?<source>.*)$")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\bon line (?<line>[0-9]+)\b")]
    private static partial Regex OnLine();

    [GeneratedRegex(@"^ERROR: target (?<target>[^:\s]+): ")]
    private static partial Regex TargetForm();

    [GeneratedRegex(
        @"^(?:ERROR: |failed to build: |failed to solve: |failed to receive status: |failed to solve with frontend \S+: |target [^:\s]+: |rpc "
            + @"error: code = (?!Unavailable)\w+ desc = |Error response from daemon: )+")]
    private static partial Regex Prefixes();

    [GeneratedRegex(@" of ref [a-z0-9]{20,30}::[a-z0-9]{20,30}")]
    private static partial Regex RandomReference();

    [GeneratedRegex(@"(sha256:[0-9a-f]{12})[0-9a-f]{52}")]
    private static partial Regex LongDigest();

    // Several spaces in a row may be what a command says.
    [GeneratedRegex(@"\s*[\r\n\t]\s*")]
    private static partial Regex Spaces();
}
