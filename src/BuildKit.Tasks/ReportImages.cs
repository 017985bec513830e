using BuildKit.Core.Reports;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Informs the CI system about the images of a project: summary, and outputs for later steps.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportImages : BuildKitTask
{
    /// <summary>The images: items <c>BuildKitImage</c>.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    internal override Task RunAsync()
    {
        new CiSummary(EnvironmentVariables, Sink).Built(
            [.. Images.Select(image => new CiImage(
                image.ItemSpec, image.GetMetadata("Reference"), image.GetMetadata("Digest"), image.GetMetadata("Summary"))
            {
                References = image.GetMetadata("References").Split(';', StringSplitOptions.RemoveEmptyEntries),
                Unchanged = image.GetMetadata("Unchanged") == "true",
                Figures = Figures(image),
            })],
            Project.IntermediateFolder);
        return Task.CompletedTask;
    }

    // Of an image that was not built again there is nothing to measure; -1 stands for what is not known.
    private static Dictionary<string, string> Figures(ITaskItem image) => image.GetMetadata("Unchanged") == "true" ? []
        : new[] { "Seconds", "StepsCached", "StepsRun", "ContextBytes", "PushedBytes" }
            .Select(name => (Name: char.ToLowerInvariant(name[0]) + name[1..], Value: image.GetMetadata(name)))
            .Where(figure => figure.Value.Length > 0 && figure.Value != "-1").ToDictionary(figure => figure.Name, figure => figure.Value);
}
