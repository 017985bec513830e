using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Decides whether the images of one project are made in one bake, and which, and writes the turn of the project. BK6203.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrderImages : BuildKitTask
{
    /// <summary>Images that have to be built: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Images for which nothing changed: items of the task PlanBuilds.</summary>
    public ITaskItem[] Unchanged { get; set; } = [];

    /// <summary>The project, with the full path of its <c>File</c>, as DescribeBake leaves it; null when there is no bake.</summary>
    [Output]
    public ITaskItem? Described { get; private set; }

    internal override Task RunAsync()
    {
        var (changed, unchanged) = (Of(Plans), Of(Unchanged));
        if (ProjectBake.TurnOf(changed, unchanged, Sink) is { } turn)
        {
            var session = SessionFiles.Create(changed[0].Request.IntermediateFolder, "bake");
            Keep(session);
            var files = BakeProjectFiles.In(session);
            turn.Write(files.Turn);
            Described = BakeItem.Of(ProjectFile, files);
        }

        return Task.CompletedTask;
    }

    private List<PlannedBuild> Of(ITaskItem[] plans) => [.. plans.Select(plan => Kept<PlannedBuild>(plan.GetMetadata("PlanKey")))];
}
