using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ResolveCacheRefs
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit; none when it is not known.</summary>
    public ITaskItem? Builder { get; set; }

    /// <summary>
    /// Whether it is asked if the registry takes a push where none was made before; a bake asks for all images at once.
    /// Default: true.
    /// </summary>
    public bool ChecksLogin { get; set; } = true;

    /// <summary>Caches to read, in order; <c>Image</c> names the image, all else is typed metadata.</summary>
    [Output]
    public ITaskItem[] CacheFrom { get; private set; } = [];

    /// <summary>Caches to write; none is a reason to fail (BK4002 is a warning).</summary>
    [Output]
    public ITaskItem[] CacheTo { get; private set; } = [];
}
