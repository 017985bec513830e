using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Says about a project's images what a bake must know of all before it builds any.</summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeBake : BuildKitTask
{
    /// <summary>Images that have to be built: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Images for which nothing changed: items of the task PlanBuilds.</summary>
    public ITaskItem[] Unchanged { get; set; } = [];

    /// <summary>The images: <c>Project</c>, <c>References</c>, <c>Bases</c>, <c>Changed</c>.</summary>
    [Output]
    public ITaskItem[] Images { get; private set; } = [];

    internal override Task RunAsync()
    {
        Images =
        [
            .. Plans.Select(item => BakeItems.FromPlan(Kept<PlannedBuild>(item.GetMetadata("PlanKey")), changed: true)),
            .. Unchanged.Select(item => BakeItems.FromPlan(Kept<PlannedBuild>(item.GetMetadata("PlanKey")), changed: false)),
        ];
        return Task.CompletedTask;
    }
}
