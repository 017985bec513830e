namespace BuildKit.Core.Progress;

/// <summary>A time in which a step worked.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
public readonly record struct StepSpan(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// The times in which a step worked, by their starts, as <c>--progress=plain</c> keeps them: a step that is opened again works
/// longer, and reports of one run with clocks that differ (the targets of a bake) are one time.
/// </summary>
internal sealed class StepRuns
{
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(1);

    private readonly SortedDictionary<DateTimeOffset, DateTimeOffset?> ends = [];
    private readonly HashSet<DateTimeOffset> hits = [];

    /// <summary>When the step was opened first; null while it waits.</summary>
    internal DateTimeOffset? Began { get; private set; }

    /// <summary>Takes a report.</summary>
    internal void Add(VertexEvent report)
    {
        if (report.Started is not { } start)
        {
            return;
        }

        Began = Began is null || start < Began ? start : Began;
        ends[start] = report.Completed ?? ends.GetValueOrDefault(start);
        if (report.IsCached)
        {
            hits.Add(start);
        }
    }

    /// <summary>
    /// Whether a look that found no cache entry took long enough to be a run: BuildKit glances at a step for some
    /// microseconds first.
    /// </summary>
    internal bool HasRun() => ends.Any(run => !hits.Contains(run.Key) && run.Value - run.Key >= ShortestRun);

    /// <summary>The times, in order and without overlap. Looks that found the step in a cache are no work.</summary>
    internal IReadOnlyList<StepSpan> Spans(bool fromCache)
    {
        var spans = new List<StepSpan>();
        var firstHit = fromCache && hits.Count > 0 ? hits.Min() : DateTimeOffset.MinValue;
        var ended = ends.Where(run => !hits.Contains(run.Key) && run.Key >= firstHit && run.Value >= run.Key).ToList();
        // A glance counts only where there is nothing else.
        var runs = ended.Where(run => run.Value - run.Key >= ShortestRun).ToList();
        foreach (var (start, end) in runs.Count > 0 ? runs : fromCache ? [] : ended.TakeLast(1))
        {
            if (spans.Count > 0 && start <= spans[^1].End)
            {
                spans[^1] = spans[^1] with { End = spans[^1].End > end!.Value ? spans[^1].End : end.Value };
            }
            else
            {
                spans.Add(new StepSpan(start, end!.Value));
            }
        }

        return spans;
    }
}
