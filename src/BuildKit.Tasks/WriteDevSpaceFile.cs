using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes an <c>images</c> section for devspace.yaml in which DevSpace calls the project. BK6127.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDevSpaceFile : BuildKitTask
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Source files of the project, and the projects it refers to.</summary>
    public ITaskItem[] Inputs { get; set; } = [];

    internal override Task RunAsync()
    {
        if (Project["BuildKitDevSpaceFile"] is { Length: > 0 } read)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.ExportCircle.At(Project.At("BuildKitDevSpaceFile"), read));
        }

        var file = Project.PathOf("BuildKitExportFile");
        var requests = Plans.Select(plan => Kept<PlannedBuild>(plan.GetMetadata("PlanKey")).Request).ToList();
        File.WriteAllText(file, DevSpaceExport.Write(file, requests, [.. Inputs.Select(input => input.GetMetadata("FullPath"))]));
        Sink.Message(MessageLevel.Result, $"wrote {file}");
        return Task.CompletedTask;
    }
}
