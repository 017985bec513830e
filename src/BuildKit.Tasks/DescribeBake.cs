using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes down, for a project's images, what a bake must know of all images before it builds any.</summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeBake : BuildKitTask
{
    /// <summary>Images that have to be built: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Images for which nothing changed: items of the task PlanBuilds.</summary>
    public ITaskItem[] Unchanged { get; set; } = [];

    /// <summary>The project, with the full path of its <c>File</c> about its images; the file goes with the build.</summary>
    [Output]
    public ITaskItem? Described { get; private set; }

    internal override Task RunAsync()
    {
        var plans = Plans.Concat(Unchanged).Select(item => Kept<PlannedBuild>(item.GetMetadata("PlanKey"))).ToList();
        if (plans.Count > 0)
        {
            var session = SessionFiles.Create(plans[0].Request.IntermediateFolder, "bake");
            Keep(session);
            var files = BakeProjectFiles.In(session);
            BakeImage.Write(files.Images, plans.Select((plan, index) => BakeImage.Of(plan, changed: index < Plans.Length)));
            Described = BakeItem.Of(ProjectFile, files);
        }

        return Task.CompletedTask;
    }
}
