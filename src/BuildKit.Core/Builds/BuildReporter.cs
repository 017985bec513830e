using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>Writes the report of a build.</summary>
/// <param name="sink">Receives that it could not be written.</param>
/// <param name="redactor">Takes secrets out of the report.</param>
/// <param name="options">Whether the page is wanted, and who gets the report.</param>
internal sealed class BuildReporter(IDiagnosticSink sink, SecretRedactor redactor, RunOptions options)
{
    /// <summary>Writes it. A report that cannot be written costs a line in the log, not the build.</summary>
    /// <param name="subject">What was built.</param>
    /// <param name="graph">The steps.</param>
    /// <param name="image">The result; null when the build failed.</param>
    /// <param name="times">How long it took; it ended now.</param>
    /// <returns>Full path of the page; empty without one.</returns>
    public string Write(ReportSubject subject, BuildGraph graph, BuiltImage? image, BuildTimes times)
    {
        // A build that never got to a step of the Dockerfile has nothing to show.
        var page = options.Report;
        var wanted = (page || image is null) && graph.Steps.Any(step => step.Started is not null && (page || !step.IsInternal));
        try
        {
            var dockerfile = DockerfileOf(subject);
            var report = new BuildReport(
                image ?? Summary(subject.Name, subject.References, graph, times.Total),
                image is not null,
                (DateTimeOffset.UtcNow - times.Total).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                subject.Dockerfile,
                ReportSteps.Of(graph, dockerfile is null ? null : new StepLineNumbers(dockerfile), redactor, times))
            {
                Inputs = subject.Inputs with { Context = redactor.Redact(subject.Inputs.Context), Bases = [.. Bases(graph)] },
                Stages = [.. (dockerfile?.Stages ?? []).Select((stage, index) => stage.Name is { Length: > 0 } name ? name : $"stage-{index}")],
                CacheNotRead = [.. graph.CacheReads.Where(read => read.Error is not null)
                    .Select(read => new UnreadCache(read.Reference, redactor.Redact(read.Reason ?? "")))],
            };
            report = subject.Files.Write(report, subject.Context, wanted, options.EarlierReport);
            options.Reported?.Invoke(report);
            return wanted ? subject.Files.Page : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            sink.Message(MessageLevel.Normal, $"The report of {subject.Name} could not be written: {failure.Message}");
            return "";
        }
    }

    private static Dockerfile? DockerfileOf(ReportSubject subject)
    {
        try
        {
            return File.Exists(subject.Dockerfile) ? Dockerfile.Load(subject.Dockerfile) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<BaseImage> Bases(BuildGraph graph) => graph.Steps
        .Where(step => step.IsBaseImage)
        .Select(step => step.Instruction["FROM ".Length..].Split('@'))
        .Where(parts => parts.Length == 2)
        .Select(parts => new BaseImage(redactor.Redact(parts[0]), parts[1]))
        .Distinct();

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
