using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>The times of a build that no step has.</summary>
/// <param name="Starting">From the start of buildx to its first step.</param>
/// <param name="Running">From the start of buildx to its end.</param>
/// <param name="Reading">Then, until the result was read.</param>
internal sealed record BuildTimes(TimeSpan Starting, TimeSpan Running, TimeSpan Reading)
{
    /// <summary>Whether the image was loaded into the engine by a second run, after the last step.</summary>
    public bool Loads { get; init; }

    /// <summary>How long all of it took: where the time axis ends.</summary>
    public TimeSpan Total => Running + Reading;

    /// <summary>The times of a build whose end is now.</summary>
    /// <param name="graph">The steps.</param>
    /// <param name="running">How long buildx ran.</param>
    /// <param name="reading">How long the result was read.</param>
    public static BuildTimes EndingNow(BuildGraph graph, TimeSpan running, TimeSpan reading)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var begun = DateTimeOffset.UtcNow - reading - running;
        // Of a stream that was played from a file, the moment of the first update says nothing.
        var most = running - graph.Elapsed;
        var starting = graph.FirstUpdate is { } first && most > TimeSpan.Zero ? first - begun : TimeSpan.Zero;
        return new BuildTimes(starting < TimeSpan.Zero ? TimeSpan.Zero : starting > most ? most : starting, running, reading);
    }
}

/// <summary>Makes the steps of a report from what is known of a build.</summary>
internal static partial class ReportSteps
{
    /// <summary>The steps, with times from the start of the build, lines and the critical path.</summary>
    /// <param name="graph">The build.</param>
    /// <param name="lines">Finds lines of the Dockerfile; null when there is none.</param>
    /// <param name="redactor">Takes secrets out of every text.</param>
    /// <param name="times">The times that no step has; null when only the steps are known.</param>
    public static IReadOnlyList<ReportStep> Of(BuildGraph graph, StepLineNumbers? lines, SecretRedactor redactor, BuildTimes? times = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(redactor);
        var steps = graph.Steps.Where(step => step.Name.Length > 0).ToList();
        // A builder that is stuck begins none. What a shared step did before this build is not on its axis.
        var origin = graph.Began is { } first ? first - (times?.Starting ?? TimeSpan.Zero) : default;
        var numbers = steps.Select((step, index) => (step.Digest, index))
            .ToDictionary(pair => pair.Digest, pair => pair.index, StringComparer.Ordinal);
        long Milliseconds(DateTimeOffset time) => Math.Max(0, (long)(time - origin).TotalMilliseconds);
        ReportSpan Span(StepSpan span) => new(Milliseconds(span.Start), Milliseconds(span.End));
        var made = steps.Select((step, index) =>
        {
            var spans = step.Spans.Select(Span).ToList();
            return new ReportStep(
                index,
                redactor.Redact(Digests().Replace(step.Name, "")),
                step.IsInternal ? "" : step.Stage ?? "",
                redactor.Redact(Digests().Replace(step.Instruction, "")),
                KindOf(step),
                spans.Count > 0 ? spans[0].Start : step.Started is { } started ? Milliseconds(started) : -1,
                !step.IsDone ? -1 : spans.Count > 0 ? spans[^1].End : step.Completed is { } completed ? Milliseconds(completed) : -1,
                [.. step.Inputs.Where(numbers.ContainsKey).Select(digest => numbers[digest])])
            {
                Platform = step.Platform ?? "",
                Targets = step.Targets,
                Spans = spans.Count > 1 ? spans : [],
                Line = lines?.Of(step) ?? 0,
                PulledBytes = graph.PulledBytes(step),
                Parts = [.. graph.PartsOf(step).Select(part => new ReportPart(redactor.Redact(part.Name), Span(part.Span)))],
                Error = redactor.Redact(step.Error ?? ""),
                Output = [.. step.OutputTail.Select(redactor.Redact)],
            };
        }).ToList();
        if (times is not null)
        {
            AddOwn(made, times);
        }

        var critical = CriticalPath.Of(made);
        return [.. made.Select(step => critical.Contains(step.Id) ? step with { Critical = true } : step)];
    }

    // What is no step of BuildKit's takes time as well; without it the axis would end before the build does.
    private static void AddOwn(List<ReportStep> steps, BuildTimes times)
    {
        var last = steps.Select(step => step.End).DefaultIfEmpty(0).Max();
        var (running, total) = ((long)times.Running.TotalMilliseconds, (long)times.Total.TotalMilliseconds);
        var own = new[]
        {
            (Starting, 0L, (long)times.Starting.TotalMilliseconds), (times.Loads ? Loading : Ending, last, running),
            (Reading, Math.Max(last, running), total),
        };
        foreach (var (name, start, end) in own)
        {
            if (end > start)
            {
                steps.Add(new ReportStep(steps.Count, name, "", name, "internal", start, end, []));
            }
        }
    }

    /// <summary>Whether it is none of BuildKit's steps.</summary>
    internal static bool IsOwn(ReportStep step) => step.Instruction is Starting or Ending or Loading or Reading;

    internal const string Starting = "starting buildx";
    internal const string Ending = "ending buildx";
    internal const string Loading = "loading the image into the engine";
    internal const string Reading = "reading the result";

    private static bool IsCacheTransfer(BuildStep step) =>
        step.Instruction.StartsWith("importing cache ", StringComparison.Ordinal)
        || step.Instruction.StartsWith("exporting cache ", StringComparison.Ordinal);

    private static string KindOf(BuildStep step) =>
        // A cache that is not there, or cannot be written, fails nothing.
        step.Error is not null && IsCacheTransfer(step) ? "internal"
        : step.Error is { } error ? (error.Contains("context canceled", StringComparison.Ordinal) ? "canceled" : "failed")
        : step is { Started: null, IsCached: false } ? "waiting"
        : step.IsBaseImage ? "base"
        : step.IsInternal ? "internal"
        : step.IsPulled ? "pulled"
        : step.IsCached ? "cached"
        : "run";

    [GeneratedRegex("@sha256:[0-9a-f]{64}")]
    private static partial Regex Digests();
}
