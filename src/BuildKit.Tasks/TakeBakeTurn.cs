using BuildKit.Core.Bakes;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads which images of a project are built in a bake: those that changed, and those whose base did. BK6209.</summary>
[MSBuildMultiThreadableTask]
public sealed class TakeBakeTurn : BuildKitTask
{
    /// <summary>The project: the item of the task DescribeBake.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>All images: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Images for which nothing changed.</summary>
    public ITaskItem[] Unchanged { get; set; } = [];

    /// <summary>The images of their platforms.</summary>
    public ITaskItem[] UnchangedPlatforms { get; set; } = [];

    /// <summary>The plans of the images that are built.</summary>
    [Output]
    public ITaskItem[] Ordered { get; private set; } = [];

    /// <summary>The images that stay as they are.</summary>
    [Output]
    public ITaskItem[] Same { get; private set; } = [];

    /// <summary>The images of their platforms.</summary>
    [Output]
    public ITaskItem[] SamePlatforms { get; private set; } = [];

    internal override Task RunAsync()
    {
        var built = BakeTurn.Read(BakeItem.FilesOf(Project).Turn).Images.Select(image => image.Name).ToHashSet();
        Ordered = [.. Plans.Where(plan => built.Contains(plan.ItemSpec))];
        Same = [.. Unchanged.Where(image => !built.Contains(image.ItemSpec))];
        SamePlatforms = [.. UnchangedPlatforms.Where(platform => !built.Contains(platform.GetMetadata("Image")))];
        return Task.CompletedTask;
    }
}
