namespace BuildKit.Core.Reports;

/// <summary>The figures of one build, kept so that a drift is seen.</summary>
/// <param name="Started">When it started, in UTC (ISO 8601).</param>
/// <param name="Succeeded">Whether it succeeded.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Cached">Instructions from a cache.</param>
/// <param name="Run">Instructions that ran.</param>
/// <param name="ContextBytes">Bytes of build context that were sent.</param>
/// <param name="PushedBytes">Bytes that were pushed; -1 when it is not known.</param>
public sealed record PastBuild(string Started, bool Succeeded, long Milliseconds, int Cached, int Run, long ContextBytes, long PushedBytes)
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 20;

    /// <summary>The figures of a build.</summary>
    public static PastBuild Of(BuildReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var image = report.Image;
        return new PastBuild(
            report.Started, report.Succeeded, (long)(image.Seconds * 1000), image.StepsCached, image.StepsRun, image.ContextBytes, image.PushedBytes);
    }

    /// <summary>The builds of an earlier report with this one behind them.</summary>
    public static IReadOnlyList<PastBuild> With(BuildReport report, BuildReport? previous) =>
        [.. (previous?.History ?? []).Append(Of(report)).TakeLast(Kept)];
}
