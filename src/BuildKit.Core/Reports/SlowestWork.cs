using System.Text.RegularExpressions;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>What took longest in a build, in a few words.</summary>
internal static partial class SlowestWork
{
    /// <summary>
    /// The slowest instruction or part of the export, with its time, for example <c>RUN npm ci  41 s</c> or
    /// <c>exporting layers  0.4 s</c>; empty when nothing took time.
    /// </summary>
    public static string Of(BuildGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var step = graph.SlowestStep;
        var phase = graph.ExportPhases.MaxBy(phase => phase.Duration);
        var (name, duration) = phase is null || step?.Duration > phase.Duration
            ? (step?.Instruction ?? "", step?.Duration ?? TimeSpan.Zero)
            : (phase.Name, phase.Duration);
        return name.Length == 0 ? "" : $"{Spaces().Replace(name, " ")}  {Quantity.Seconds(duration.TotalSeconds)}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
