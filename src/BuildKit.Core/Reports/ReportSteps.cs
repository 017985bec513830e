using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>Makes the steps of a report from what is known of a build.</summary>
public static partial class ReportSteps
{
    /// <summary>The steps, with times from the first start, lines and the critical path.</summary>
    /// <param name="graph">The build.</param>
    /// <param name="lines">Finds lines of the Dockerfile; null when there is none.</param>
    /// <param name="redactor">Takes secrets out of every text.</param>
    public static IReadOnlyList<ReportStep> Of(BuildGraph graph, StepLineNumbers? lines, SecretRedactor redactor)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(redactor);
        var steps = graph.Steps.Where(step => step.Name.Length > 0).ToList();
        var origin = steps.Min(step => step.Started) ?? default;
        var numbers = steps.Select((step, index) => (step.Digest, index)).ToDictionary(pair => pair.Digest, pair => pair.index, StringComparer.Ordinal);
        long Milliseconds(DateTimeOffset? time) => time is null ? -1 : Math.Max(0, (long)(time.Value - origin).TotalMilliseconds);
        var made = steps.Select((step, index) => new ReportStep(
            index,
            redactor.Redact(Digests().Replace(step.Name, "")),
            step.IsInternal ? "" : step.Stage ?? "",
            redactor.Redact(Digests().Replace(step.Instruction, "")),
            KindOf(step),
            Milliseconds(step.Started),
            step.IsDone ? Milliseconds(step.Completed) : -1,
            [.. step.Inputs.Where(numbers.ContainsKey).Select(digest => numbers[digest])])
        {
            Platform = step.Platform ?? "",
            Line = lines?.Of(step) ?? 0,
            Error = redactor.Redact(step.Error ?? ""),
            Output = [.. step.OutputTail.Select(redactor.Redact)],
        }).ToList();
        var critical = CriticalPath(made);
        return [.. made.Select(step => critical.Contains(step.Id) ? step with { Critical = true } : step)];
    }

    // A cache that is not there, or cannot be written, fails nothing.
    private static bool IsCacheTransfer(BuildStep step) =>
        step.Instruction.StartsWith("importing cache ", StringComparison.Ordinal) || step.Instruction.StartsWith("exporting cache ", StringComparison.Ordinal);

    private static string KindOf(BuildStep step) =>
        step.Error is not null && IsCacheTransfer(step) ? "internal"
        : step.Error is { } error ? (error.Contains("context canceled", StringComparison.Ordinal) ? "canceled" : "failed")
        : step is { Started: null, IsCached: false } ? "waiting"
        : step.IsBaseImage ? "base"
        : step.IsInternal ? "internal"
        : step.IsCached ? "cached"
        : "run";

    // From the step that ended last (or failed) back over the input that ended last: nothing else made it wait.
    private static HashSet<int> CriticalPath(List<ReportStep> steps)
    {
        var path = new HashSet<int>();
        var current = steps.Find(step => step.Kind == "failed") ?? steps.Where(step => step.Kind != "cached").MaxBy(step => step.End);
        while (current is not null && path.Add(current.Id))
        {
            // Exporting and pushing name no inputs, but they begin when all else is done.
            var inputs = current.Inputs.Count > 0 ? current.Inputs.Select(id => steps[id]) : steps.Where(step => step.End >= 0 && step.End <= current.Start + 1);
            current = inputs.Where(step => step.End >= 0 && step.Kind != "cached" && !path.Contains(step.Id)).MaxBy(step => step.End);
        }

        return path;
    }

    [GeneratedRegex("@sha256:[0-9a-f]{64}")]
    private static partial Regex Digests();
}
