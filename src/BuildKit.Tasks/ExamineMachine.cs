using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Doctor;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>The doctor: looks at everything that builds of this project need. Fails when something would make them fail.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExamineMachine : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var images = ImageSelection.Of(Project).Images.DefaultIfEmpty(ImageSelection.DefaultImage(Project))
            .Select(image => Project.ForImage(image.Include, image.Metadata)).ToList();
        var input = DoctorInputReader.Read(BuilderRequest.Of(Project), images, FindDocker, Sink);
        var findings = await Doctor.ExamineAsync(input, ReportTrouble, Cancellation.Graceful).ConfigureAwait(false);
        Sink.Message(MessageLevel.Result, DoctorReport.Headline(findings));
        foreach (var finding in findings.Where(finding => finding.Level == FindingLevel.Ok))
        {
            Sink.Message(MessageLevel.Result, finding.ToString());
        }

        if (Project.PathOf("BuildKitDoctorJson") is { Length: > 0 } json)
        {
            await File.WriteAllTextAsync(json, DoctorReport.ToJson(findings), Cancellation.Graceful).ConfigureAwait(false);
        }
    }

    private void ReportTrouble(DoctorFinding finding)
    {
        if (finding.Level != FindingLevel.Ok)
        {
            Sink.Report(finding.Diagnostic! with { Message = $"{finding.Check}: {finding.Diagnostic.Message}" });
        }
    }
}
