using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PrepareBake
{
    /// <summary>The project: the item of the task DescribeBake.</summary>
    [Required]
    public ITaskItem Described { get; set; } = null!;

    /// <summary>The images that are built: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit.</summary>
    [Required]
    public ITaskItem Builder { get; set; } = null!;

    /// <summary>Caches to read, in order.</summary>
    public ITaskItem[] CacheFrom { get; set; } = [];

    /// <summary>Caches to write.</summary>
    public ITaskItem[] CacheTo { get; set; } = [];

    /// <summary>
    /// The images that are ready, with their <c>SessionKey</c> for FinishBake. What the run must know of them stands beside the
    /// project's <c>File</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Sessions { get; private set; } = [];
}
