using BuildKit.Core.Reports;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Tells the CI system about the images of a project: summary, and outputs for later steps.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportImages : BuildKitTask
{
    /// <summary>The images: items <c>BuildKitImage</c>.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Full path of the folder for our own files.</summary>
    [Required]
    public string IntermediateFolder { get; set; } = "";

    internal override Task RunAsync()
    {
        new CiSummary(EnvironmentVariables, Sink).Built(
            [.. Images.Select(image => new CiImage(
                image.ItemSpec, image.GetMetadata("Reference"), image.GetMetadata("Digest"), image.GetMetadata("Summary")))],
            IntermediateFolder);
        return Task.CompletedTask;
    }
}
