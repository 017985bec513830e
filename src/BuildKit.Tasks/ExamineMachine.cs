using BuildKit.Core.Diagnostics;
using BuildKit.Core.Doctor;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>The doctor: looks at everything that builds of this project need. Fails when something would make them fail.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ExamineMachine : BuilderTask
{
    internal override async Task RunAsync()
    {
        var project = new ImageSettings(ImageName, ProjectFile, IntermediateFolder, TaskItems.ToProperties(Properties), CacheItems(), EnvironmentVariables);
        var scene = DoctorSceneReader.Read(MakeRequest(), project, () => FindDocker(DockerPath), Sink);
        var findings = await Doctor.ExamineAsync(scene, Tell, Cancellation.Graceful).ConfigureAwait(false);
        if (JsonFile.Length > 0)
        {
            await File.WriteAllTextAsync(JsonFile, DoctorReport.ToJson(findings), Cancellation.Graceful).ConfigureAwait(false);
        }
    }

    private Dictionary<string, IReadOnlyList<SettingItem>> CacheItems() => new()
    {
        ["BuildKitCacheFrom"] = TaskItems.ToSettings(CacheReads),
        ["BuildKitCacheTo"] = TaskItems.ToSettings(CacheWrites),
    };

    private void Tell(DoctorFinding finding)
    {
        if (finding.Level == FindingLevel.Ok)
        {
            Sink.Message(MessageLevel.Important, finding.ToString());
        }
        else
        {
            Sink.Report(finding.Diagnostic! with { Message = $"{finding.Check}: {finding.Diagnostic.Message}" });
        }
    }
}
