using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class DockerBuildxBuild
{
    /// <summary>The image: one item of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem Plan { get; set; } = null!;

    /// <summary>The builder: the item of EnsureBuildKit.</summary>
    [Required]
    public ITaskItem Builder { get; set; } = null!;

    /// <summary>Caches to read, in order; those of other images are passed over.</summary>
    public ITaskItem[] CacheFrom { get; set; } = [];

    /// <summary>Caches to write; those of other images are passed over.</summary>
    public ITaskItem[] CacheTo { get; set; } = [];

    /// <summary>The image that was built.</summary>
    [Output]
    public ITaskItem[] Image { get; private set; } = [];

    /// <summary>The images of the platforms behind its index; none without an index.</summary>
    [Output]
    public ITaskItem[] PlatformImages { get; private set; } = [];

    /// <summary>The steps, of a failed build too. In a binary log they are the tree below the task.</summary>
    [Output]
    public ITaskItem[] Steps { get; private set; } = [];
}
