using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class TakeBakeTurn
{
    /// <summary>The project: the item of the task DescribeBake.</summary>
    [Required]
    public ITaskItem Described { get; set; } = null!;

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
}
