using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Progress;

/// <summary>
/// What BuildKit packs into the name of a step: <c>[target platform stage 2/3] INSTRUCTION</c>, each part of the bracket
/// optional. Made in BuildKit's dockerfile2llb (<c>prefixCommand</c>) and, for the target, in buildx's bake.
/// </summary>
/// <param name="Target">The bake target; null outside bake.</param>
/// <param name="Platform">The platform, for example <c>linux/arm64</c>; null in builds for one platform.</param>
/// <param name="Stage">The stage; null in files with one unnamed stage. Unnamed stages are called <c>stage-N</c>.</param>
/// <param name="Position">Which step of its stage this is, from 1; 0 when it is no instruction of the Dockerfile.</param>
/// <param name="Count">How many steps the stage has; 0 when it is no instruction of the Dockerfile.</param>
/// <param name="Instruction">The text behind the bracket.</param>
internal sealed partial record StepName(
    string? Target, string? Platform, string? Stage, int Position, int Count, string Instruction)
{
    /// <summary>Whether the name is one that only bake gives: <c>[target internal] ...</c>.</summary>
    internal static bool ShowsBakeTarget(string name) =>
        TargetInternal().Match(name) is { Success: true } match && !IsPlatform(match.Groups["target"].Value);

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">BuildKit's name of the step.</param>
    /// <param name="hasTargets">
    /// Whether this is a bake of several targets, in which each name begins with a target. The name alone does not tell
    /// <c>[target 1/2]</c> from <c>[stage 1/2]</c>.
    /// </param>
    internal static StepName Parse(string name, bool hasTargets)
    {
        var bracket = Bracket().Match(name);
        if (!bracket.Success)
        {
            return new StepName(null, null, null, 0, 0, name);
        }

        var words = bracket.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var (position, count) = TakePosition(words);
        string? target = null;
        if (hasTargets && words.Count > 0 && words[0] != "internal")
        {
            target = words[0];
            words.RemoveAt(0);
        }

        var platform = words.Find(IsPlatform);
        words.RemoveAll(IsPlatform);
        var stage = position > 0 && words.Count > 0 ? string.Join(' ', words) : null;
        return new StepName(target, platform, stage, position, count, bracket.Groups["rest"].Value);
    }

    private static (int Position, int Count) TakePosition(List<string> words)
    {
        if (words.Count == 0 || PositionForm().Match(words[^1]) is not { Success: true } match)
        {
            return (0, 0);
        }

        words.RemoveAt(words.Count - 1);
        return (int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture));
    }

    private static bool IsPlatform(string word) => PlatformForm().IsMatch(word);

    [GeneratedRegex(@"^\[(?<target>\S+) internal\] ")]
    private static partial Regex TargetInternal();

    [GeneratedRegex(@"^\[(?<words>[^\]\[]*)\] ?(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^(?<n>[0-9]{1,6})/(?<m>[0-9]{1,6})$")]
    private static partial Regex PositionForm();

    [GeneratedRegex(@"^(?:linux|windows|darwin|freebsd|wasi|wasip1|js)/[a-z0-9]")]
    private static partial Regex PlatformForm();
}
