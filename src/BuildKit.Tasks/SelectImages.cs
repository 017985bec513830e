using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// The first task: finds out, before the project is published, whether it makes images, which, and what they need.
/// BK6126 for an image that is wanted and not there; all else that is wrong is reported by PlanBuilds, at once.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class SelectImages : BuildKitTask
{
    private ImageSelection selection = new();

    internal override Task RunAsync()
    {
        selection = ImageSelection.Of(Project);
        if (ImageSelection.CheckOnlyImage(Project, selection) is { } wrong)
        {
            Sink.Report(wrong);
        }

        Images = [.. selection.Images.Select(image => TaskItems.Item(image.Include, image.Metadata))];
        Runtimes = [.. selection.Runtimes];
        return Task.CompletedTask;
    }
}
