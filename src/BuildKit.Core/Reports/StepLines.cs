using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>One line for each step when it ends, and the output of its command for those who want all.</summary>
/// <param name="sink">Where the lines go.</param>
/// <param name="stepLevel">Level of the line of a step that ran; a cached one is a detail.</param>
/// <param name="image">Name of the image, which begins each line: images that are built at once share one log.</param>
/// <param name="ci">The CI system's log, which folds what a step wrote under its line; null outside.</param>
public sealed partial class StepLines(IDiagnosticSink sink, MessageLevel stepLevel, string image, CiLog? ci = null)
{
    private const int LongestInstruction = 100;

    /// <summary>Reports that a step ended.</summary>
    public void Finished(BuildStep step)
    {
        var title = ci?.Harmless(Title(step.Name)) ?? Title(step.Name);
        if (step.IsCached)
        {
            sink.Message(MessageLevel.Detail, $"  {image} {title}  cached");
        }
        else if (step.Error is not null)
        {
            // Steps that run beside one that fails end as cancelled; what failed is reported as an error.
            sink.Message(MessageLevel.Detail, $"  {image} {title}  failed after {Quantity.Seconds(step.Duration.TotalSeconds)}");
        }
        else
        {
            var line = $"{image} {title}  {Quantity.Seconds(step.Duration.TotalSeconds)}";
            var level = step.IsInternal || step.IsBaseImage ? MessageLevel.Detail : stepLevel;
            sink.Message(level,
                (level == MessageLevel.Important && step.OutputTail is { Count: > 0 } output ? ci?.Group(line, output) : null) ?? "  " + line);
        }
    }

    /// <summary>Reports a line that a step wrote; steps of several stages write at once, so each line says whose it is.</summary>
    public void Output(BuildStep step, string line) => sink.Message(MessageLevel.Detail, $"    {image} {Place(step)}| {ci?.Harmless(line) ?? line}");

    /// <summary>Tells that a build still runs.</summary>
    /// <param name="step">The step that is waited for; null while BuildKit says of none that it runs.</param>
    /// <param name="others">How many run beside it.</param>
    /// <param name="last">What it printed last; may be empty.</param>
    /// <param name="elapsed">How long the build runs.</param>
    public void Running(BuildStep? step, int others, string last, TimeSpan elapsed)
    {
        var title = step is null ? "waiting for BuildKit" : Title(step.Name);
        var more = others switch { <= 0 => "", 1 => " (and 1 more step)", _ => $" (and {others} more steps)" };
        var output = last.Length == 0 ? "" : $" | {Title(last)}";
        var line = $"{image} after {Quantity.Seconds(elapsed.TotalSeconds)}: {title}{more}{output}";
        sink.Message(MessageLevel.Important, "  " + (ci?.Harmless(line) ?? line));
    }

    /// <summary>A step's name on one line.</summary>
    internal static string Title(string name)
    {
        name = Controls().Replace(Digests().Replace(Spaces().Replace(name, " "), ""), "");
        return name.Length > LongestInstruction ? name[..LongestInstruction].TrimEnd() + "…" : name;
    }

    private static string Place(BuildStep step) => Bracket().Match(step.Name) is { Success: true } match ? match.Value : "";

    // A base image is known by its tag; 71 characters of digest hide the rest of the line.
    [GeneratedRegex("@sha256:[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"^\[[^\]]*\] ")]
    private static partial Regex Bracket();

    // A Dockerfile can hold them, and they must not reach a terminal.
    [GeneratedRegex(@"[\x00-\x1f\x7f-\x9f]")]
    private static partial Regex Controls();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
