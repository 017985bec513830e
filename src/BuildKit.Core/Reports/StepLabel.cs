using System.Text.RegularExpressions;

namespace BuildKit.Core.Reports;

/// <summary>An instruction as people name it: the command first, without the flags that say how it is run.</summary>
/// <param name="Text">The instruction on one line without its flags, for example <c>COPY /src /app</c>.</param>
/// <param name="Flags">The flags, for example <c>--from=build</c>; empty without any.</param>
internal sealed partial record StepLabel(string Text, string Flags)
{
    /// <summary>Takes an instruction apart; what an internal step does is its text as it is.</summary>
    internal static StepLabel Of(string instruction)
    {
        var line = Spaces().Replace(instruction, " ").Trim();
        return Flagged().Match(line) is { Success: true } match
            ? new StepLabel($"{match.Groups["keyword"].Value} {match.Groups["rest"].Value}", match.Groups["flags"].Value.Trim())
            : new StepLabel(line, "");
    }

    /// <summary>The text with at most so many characters.</summary>
    internal string Shortened(int longest) => Text.Length <= longest ? Text : Text[..longest].TrimEnd() + "…";

    [GeneratedRegex(@"^(?<keyword>RUN|COPY|ADD) (?<flags>(?:--[a-z][^ ]* )+)(?<rest>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Flagged();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
