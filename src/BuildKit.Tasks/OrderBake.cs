using System.Globalization;
using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace BuildKit.Tasks;

/// <summary>Decides which images of several projects are baked and in which order. BK6202, BK6203, BK6204.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrderBake : BuildKitTask
{
    /// <summary>The projects of the bake.</summary>
    [Required]
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>Their images: items of the task DescribeBake.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Whether all are written into one definition, changed or not, for somebody else to run.</summary>
    public bool ByHand { get; set; }

    /// <summary>With fewer images to build none is baked: their projects build them. 0 where they cannot.</summary>
    public int Least { get; set; }

    /// <summary>The projects that have an image, when there is a bake; also those for which nothing changed.</summary>
    [Output]
    public ITaskItem[] Members { get; private set; } = [];

    /// <summary>The projects that have an image to build: <c>Targets</c> to call in them, <c>Wave</c>, from 0, and the <c>References</c> of what they build.</summary>
    [Output]
    public ITaskItem[] Steps { get; private set; } = [];

    internal override Task RunAsync()
    {
        if (Images.Length == 0 && Least == 0)
        {
            Sink.Report(BakeDiagnostics.NoImages.At(new SourceLocation(ProjectFile), Projects.Length));
            return Task.CompletedTask;
        }

        var order = new BakeOrder([.. Images.Select(BakeItems.ToImage)], all: ByHand);
        if (order.Built.Count < Least)
        {
            return Task.CompletedTask;
        }

        var described = Images.Select(image => image.GetMetadata("Project")).ToHashSet();
        Members = [.. Projects.Where(project => described.Contains(project.ItemSpec))];
        var built = order.Built.GroupBy(image => image.ProjectFile).ToDictionary(group => group.Key, group => group.ToList());
        Steps = [.. Projects.Where(project => built.ContainsKey(project.ItemSpec))
            .Select(project => Step(project, built[project.ItemSpec], ByHand ? 0 : order.WaveOf(project.ItemSpec)))
            .OrderBy(step => int.Parse(step.GetMetadata("Wave"), CultureInfo.InvariantCulture))];
        return Task.CompletedTask;
    }

    private TaskItem Step(ITaskItem project, List<BakeImage> images, int wave)
    {
        var step = new TaskItem(project);
        var forced = images.Exists(image => !image.Changed);
        step.SetMetadata("Targets", (forced ? "_BuildKitForceBake;" : "") + (ByHand ? "_BuildKitBakeByHand;" : "") + (wave > 0 ? "_BuildKitFollowBase;" : "") + "_BuildKitPrepareBake");
        step.SetMetadata("References", string.Join(';', images.SelectMany(image => image.References)));
        step.SetMetadata("Wave", wave.ToString(CultureInfo.InvariantCulture));
        return step;
    }
}
