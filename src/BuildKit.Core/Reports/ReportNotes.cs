using System.Globalization;

namespace BuildKit.Core.Reports;

/// <summary>What a colleague would say who looked at a build. Nothing is remarked on that took less than a second or 2 % of the time.</summary>
internal static class ReportNotes
{
    private const int RerunsNamed = 5;
    private const long LargeContext = 50_000_000;

    /// <summary>The remarks, the most important first.</summary>
    internal static IReadOnlyList<ReportNote> Of(BuildReport report) =>
    [
        .. Failure(report),
        .. Reruns(report),
        .. Slower(report),
        .. Nothing(report),
        .. Longest(report),
        .. CacheWrites(report),
        .. CacheReads(report),
        .. Layers(report),
        .. Context(report),
    ];

    private static IEnumerable<ReportNote> Failure(BuildReport report)
    {
        if (report.FailedStep is { } failed)
        {
            var why = ReasonOf(report, failed) is { Length: > 0 } reason ? " Why it ran: " + char.ToLowerInvariant(reason[0]) + reason[1..] : "";
            var where = failed.Line > 0 ? $", at line {failed.Line}" : "";
            yield return new ReportNote(failed.Id, $"failed after {Seconds(failed.Took)}{where}.{why}");
        }
    }

    private static IEnumerable<ReportNote> Reruns(BuildReport report)
    {
        var reruns = (report.Changes?.Steps ?? []).Where(change => report.FailedStep?.Id != change.Step).ToList();
        var roots = reruns.Where(change => !change.Reason.StartsWith(BuildComparison.Follows, StringComparison.Ordinal)).ToList();
        var followers = reruns.Except(roots).ToList();
        // Steps that ran again for one reason are one remark.
        var reasons = roots.GroupBy(change => change.Reason).ToList();
        foreach (var group in reasons.Take(RerunsNamed))
        {
            var beside = group.Count() - 1;
            var theirs = group.Key.Replace("Its result was", "Their results were", StringComparison.Ordinal);
            yield return new ReportNote(group.First().Step,
                beside == 0 ? "ran again. " + group.Key : $"and {beside} other {Plural(beside, "step")} ran again. {theirs}");
        }

        var rest = followers.Count + reasons.Skip(RerunsNamed).Sum(group => group.Count());
        if (rest > 0)
        {
            var time = followers.Sum(change => report.Steps[change.Step].Took);
            var work = Matters(report, time) ? $", which took {Seconds(time)} of work" : "";
            var cause = roots.Count == 1 ? "it" : "them";
            yield return new ReportNote(-1, $"{rest} more {Plural(rest, "step")} ran again because of {cause}{work}.");
        }
    }

    private static IEnumerable<ReportNote> Slower(BuildReport report) =>
        from slower in report.Changes?.Slower ?? []
        let step = report.Steps[slower.Step]
        where step.Id != LongestOf(report)?.Id && Matters(report, step.Took - slower.Before)
        orderby slower.Before - step.Took
        select new ReportNote(step.Id, $"took {Seconds(step.Took)}, {Seconds(step.Took - slower.Before)} more than in the previous build.");

    private static IEnumerable<ReportNote> Longest(BuildReport report)
    {
        if (LongestOf(report) is not { } longest)
        {
            yield break;
        }

        var part = longest.Kind == "internal" ? longest.Parts.MaxBy(part => part.Span.Length) : null;
        var mostly = part is not null && part.Span.Length > longest.Took / 2 ? $" ({part.Name}: {Seconds(part.Span.Length)})" : "";
        var before = report.Changes?.Slower.FirstOrDefault(slower => slower.Step == longest.Id)?.Before ?? longest.Took;
        var more = Matters(report, longest.Took - before) ? $", {Seconds(longest.Took - before)} more than in the previous build" : "";
        yield return new ReportNote(
            longest.Id, $"took {Seconds(longest.Took)}, {Share(report, longest.Took)} of the time{mostly}{more}, and everything after it waited.");
    }

    private static ReportStep? LongestOf(BuildReport report) =>
        report.Steps.Where(step => step.Critical && step.Kind != "failed" && !IsCacheExport(step)).MaxBy(step => step.Took) is { } longest
            && Matters(report, longest.Took) ? longest : null;

    private static IEnumerable<ReportNote> CacheWrites(BuildReport report)
    {
        foreach (var step in report.Steps.Where(step => IsCacheExport(step) && IsLarge(report, step.Took)))
        {
            yield return new ReportNote(
                step.Id,
                $"took {Seconds(step.Took)}, {Share(report, step.Took)} of the time. Mode=\"min\" of BuildKitCacheTo writes the layers "
                    + "of the last stage only; "
                + "a cache that only builds of the default branch write costs the others nothing.");
        }
    }

    private static IEnumerable<ReportNote> CacheReads(BuildReport report)
    {
        if (report.Image.StepsRun == 0)
        {
            // Nothing was missed.
            yield break;
        }

        foreach (var cache in report.CacheNotRead.Where(cache => report.Image.CacheRead.Count == 0 || cache.Reason != "not found"))
        {
            var more = cache.Reason == "not found" ? "; no build has written it yet, or it was pruned" : "";
            yield return new ReportNote(-1, $"The cache {cache.Reference} was not read: {cache.Reason}{more}.");
        }

        var read = report.Image.CacheRead;
        if (read.Count > 0 && report.Image.StepsCached == 0 && report.Image.StepsRun > 1)
        {
            var (was, it) = read.Count == 1 ? ("was", "it") : ("were", "them");
            yield return new ReportNote(
                -1,
                $"{string.Join(" and ", read)} {was} read, and no step was found in {it}: "
                + "written from other inputs, or with mode=min, which holds the last stage only.");
        }
    }

    private static IEnumerable<ReportNote> Layers(BuildReport report)
    {
        var pulled = report.Steps.Where(step => step.PulledBytes > 0 && step.Kind is "base" or "pulled").ToList();
        var time = pulled.Sum(step => step.Took);
        if (IsLarge(report, time) && pulled.MaxBy(step => step.Took) is { } most)
        {
            yield return new ReportNote(
                -1,
                $"{Quantity.Bytes(pulled.Sum(step => step.PulledBytes))} of layers were pulled and unpacked in {Seconds(time)}, "
                + $"most of it for {most.Label.Shortened(60)}; a builder that keeps its store does so once.");
        }
    }

    private static IEnumerable<ReportNote> Context(BuildReport report)
    {
        var step = report.Steps.Where(step => step.Instruction is "load build context" or "load from client").MaxBy(step => step.Took);
        if (step is not null && (IsLarge(report, step.Took) || (report.Image.ContextBytes > LargeContext && Matters(report, step.Took))))
        {
            yield return new ReportNote(
                step.Id,
                $"sent {Quantity.Bytes(report.Image.ContextBytes)} in {Seconds(step.Took)}; .dockerignore keeps out what the image does not need.");
        }
    }

    private static IEnumerable<ReportNote> Nothing(BuildReport report)
    {
        if (report.Succeeded && report.Image.StepsRun == 0 && report.Image.StepsCached > 0)
        {
            yield return new ReportNote(-1, "Every step came from a cache.");
        }
        else if (report.Succeeded && report.Changes is { Steps.Count: 0 } && report.Image.StepsRun > 0)
        {
            yield return new ReportNote(-1, "No step ran that the previous build had.");
        }
    }

    private static string ReasonOf(BuildReport report, ReportStep step) =>
        report.Changes?.Steps.FirstOrDefault(change => change.Step == step.Id)?.Reason ?? "";

    private static bool IsCacheExport(ReportStep step) => step.Instruction.StartsWith("exporting cache ", StringComparison.Ordinal);

    private static long Total(BuildReport report) =>
        Math.Max(1, Math.Max((long)(report.Image.Seconds * 1000), report.Steps.Select(step => step.End).DefaultIfEmpty(0).Max()));

    private static bool Matters(BuildReport report, long milliseconds) => milliseconds >= 1000 && milliseconds >= Total(report) / 50;

    // What has an advice of its own must take a large part.
    private static bool IsLarge(BuildReport report, long milliseconds) => Matters(report, milliseconds) && milliseconds >= Total(report) / 10;

    private static string Share(BuildReport report, long milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * milliseconds / Total(report):0} %");

    private static string Plural(int count, string word) => count == 1 ? word : word + "s";

    private static string Seconds(long milliseconds) => Quantity.Seconds(milliseconds / 1000.0);
}
