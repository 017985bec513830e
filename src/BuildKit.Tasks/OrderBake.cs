using System.Globalization;
using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace BuildKit.Tasks;

/// <summary>
/// Decides which images of several projects are baked and in which order, and writes for each project its turn. BK6202, BK6203,
/// BK6204, BK6209.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class OrderBake : BuildKitTask
{
    internal override Task RunAsync()
    {
        // One project may be named twice, by itself and by its solution.
        var projects = Described.DistinctBy(item => item.GetMetadata("File")).Select(item => (Item: item, Files: BakeItem.FilesOf(item))).ToList();
        var images = projects.ConvertAll(project => BakeImage.Read(project.Files.Images));
        if (projects.Count == 0 && MinimumCount == 0)
        {
            Sink.Report(BakeDiagnostics.NoImages.At(new SourceLocation(ProjectFile), Projects.Length));
            return Task.CompletedTask;
        }

        var order = new BakeOrder([.. images.SelectMany(own => own)], all: ByHand);
        if (order.Built.Count < MinimumCount)
        {
            return Task.CompletedTask;
        }

        (Members, ImageCount) = ([.. projects.Select(project => project.Item)], order.Count);
        Steps = [.. projects.Zip(images, (project, own) => Step(project.Item, project.Files, order.TurnOf(own))).OfType<ITaskItem>().OrderBy(WaveOf)];
        return Task.CompletedTask;
    }

    private static TaskItem? Step(ITaskItem project, BakeProjectFiles files, BakeTurn? turn)
    {
        if (turn is null)
        {
            return null;
        }

        turn.Write(files.Turn);
        var step = new TaskItem(project);
        step.SetMetadata("Wave", turn.Wave.ToString(CultureInfo.InvariantCulture));
        return step;
    }

    private static int WaveOf(ITaskItem step) => int.Parse(step.GetMetadata("Wave"), CultureInfo.InvariantCulture);
}
