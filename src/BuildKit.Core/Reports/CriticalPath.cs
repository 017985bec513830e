namespace BuildKit.Core.Reports;

/// <summary>The chain of steps that waited for each other: only these make a build shorter.</summary>
internal static class CriticalPath
{
    // Clocks of several targets, and rounding to milliseconds.
    private const long Tolerance = 5;

    /// <summary>
    /// Numbers of its steps. From the step that ended last (or failed) back over what ended last before it began: nothing else made it
    /// wait.
    /// </summary>
    internal static IReadOnlySet<int> Of(IReadOnlyList<ReportStep> steps)
    {
        var path = new HashSet<int>();
        var worked = steps.Where(step => step.Start >= 0 && step.End >= 0 && step.Kind is not ("cached" or "waiting")).ToList();
        var current = worked.Find(step => step.Kind == "failed") ?? worked.MaxBy(step => step.End);
        while (current is not null && path.Add(current.Id))
        {
            // Exporting and pushing name no inputs, but they begin when all else is done; and behind a cached input stands whoever asked for it.
            current = Last(current.Inputs.Select(id => steps[id]).Where(worked.Contains), current, path) ?? Last(worked, current, path);
        }

        return path;
    }

    private static ReportStep? Last(IEnumerable<ReportStep> candidates, ReportStep later, HashSet<int> path) =>
        candidates.Where(step => step.Start < later.Start && !path.Contains(step.Id) && EndBefore(step, later.Start) >= 0)
            .MaxBy(step => EndBefore(step, later.Start));

    // A step may be opened again later, for its layers.
    private static long EndBefore(ReportStep step, long time) =>
        (step.Spans.Count > 0 ? step.Spans.Select(span => span.End) : [step.End]).Where(end => end <= time + Tolerance).DefaultIfEmpty(-1).Max();
}
