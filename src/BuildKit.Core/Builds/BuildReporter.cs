using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Builds;

/// <summary>Writes the report of a build.</summary>
/// <param name="sink">Where it is told that it could not be written.</param>
/// <param name="redactor">Takes secrets out of the report.</param>
/// <param name="page">Whether the page is wanted; a build that failed in a step has one in any case.</param>
internal sealed class BuildReporter(IDiagnosticSink sink, SecretRedactor redactor, bool page)
{
    /// <summary>Told the report.</summary>
    public Action<BuildReport>? Reported { get; init; }

    /// <summary>Writes it. A report that cannot be written costs a line in the log, not the build.</summary>
    /// <param name="request">What was built.</param>
    /// <param name="graph">The steps.</param>
    /// <param name="image">The result; null when the build failed.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <returns>Full path of the page; empty without one.</returns>
    public string Write(BuildRequest request, BuildGraph graph, BuiltImage? image, TimeSpan elapsed)
    {
        // A build that never got to a step of the Dockerfile has nothing to show.
        var files = new ReportFiles(request.IntermediateFolder, request.Name);
        var wanted = (page || image is null) && graph.Steps.Any(step => step.Started is not null && (page || !step.IsInternal));
        try
        {
            var report = new BuildReport(
                image ?? Summary(request.Name, [.. request.Tags.Select(tag => tag.ToString())], graph, elapsed),
                image is not null,
                (graph.Steps.Min(step => step.Started) ?? DateTimeOffset.UtcNow - elapsed).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                request.Dockerfile,
                ReportSteps.Of(graph, StepLineNumbers.TryRead(request.Dockerfile), redactor));
            report = files.Write(report, request.Context, wanted);
            Reported?.Invoke(report);
            return wanted ? files.Page : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            sink.Message(MessageLevel.Normal, $"The report of {request.Name} could not be written: {failure.Message}");
            return "";
        }
    }

    /// <summary>What the steps alone say of a build.</summary>
    public static BuiltImage Summary(string name, IReadOnlyList<string> references, BuildGraph graph, TimeSpan elapsed) => new()
    {
        Name = name,
        References = references,
        Seconds = elapsed.TotalSeconds,
        StepsCached = graph.StepsCached,
        StepsRun = graph.StepsRun,
        ContextBytes = graph.ContextBytes,
        CacheRead = [.. graph.CacheReads.Where(read => read.Error is null).Select(read => read.Reference)],
    };
}
