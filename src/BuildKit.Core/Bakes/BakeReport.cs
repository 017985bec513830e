using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Bakes;

/// <summary>
/// The timeline of a whole bake, beside its definition: the steps of all images on one axis, each with the name of its
/// target. What belongs to one image stands in that image's own report.
/// </summary>
/// <param name="sink">Where the path of the page is told.</param>
/// <param name="redactor">Takes secrets out.</param>
/// <param name="page">Whether the page is wanted.</param>
internal sealed class BakeReport(IDiagnosticSink sink, SecretRedactor redactor, bool page)
{
    private readonly DateTimeOffset started = DateTimeOffset.UtcNow;

    /// <summary>Writes it. A report that cannot be written costs a line in the log, not the bake.</summary>
    /// <param name="definitionFile">Full path of the bake definition.</param>
    /// <param name="name">Name of the bake.</param>
    /// <param name="entries">The images.</param>
    /// <param name="graph">The steps of all runs.</param>
    /// <param name="succeeded">Whether all images are there.</param>
    public void Write(string definitionFile, string name, IReadOnlyList<BakeEntry> entries, BuildGraph graph, bool succeeded)
    {
        if (!graph.Steps.Any(step => step.Started is not null))
        {
            return;
        }

        var files = new ReportFiles(Path.GetDirectoryName(definitionFile)!, Path.GetFileNameWithoutExtension(definitionFile));
        var image = new BuiltImage
        {
            Name = name,
            References = [.. entries.SelectMany(entry => entry.Image.References)],
            Seconds = graph.Elapsed.TotalSeconds,
            StepsCached = graph.StepsCached,
            StepsRun = graph.StepsRun,
            SlowestStep = redactor.Redact(SlowestWork.Of(graph)),
            CacheRead = [.. graph.CacheReads.Where(read => read.Error is null).Select(read => read.Reference)],
            ContextBytes = graph.ContextBytes,
        };
        try
        {
            files.Write(
                new BuildReport(image, succeeded, started.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), "", ReportSteps.Of(graph, null, redactor)),
                context: "", page);
            if (page)
            {
                sink.Message(MessageLevel.Important, $"  Timeline of {name}: {files.Page}");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            sink.Message(MessageLevel.Normal, $"The report of {name} could not be written: {failure.Message}");
        }
    }
}
