using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ResolveCacheRefs
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit; none when it is not known.</summary>
    public ITaskItem? Builder { get; set; }

    /// <summary><c>Development</c> (default) or <c>Production</c>. BK2001.</summary>
    public string Profile { get; set; } = "";

    /// <summary><c>Registry</c> (default), <c>Inline</c> or <c>None</c>. BK2001.</summary>
    public string CacheType { get; set; } = "";

    /// <summary><c>auto</c> (default: in builds that push), <c>always</c> or <c>never</c>. BK2001.</summary>
    public string Write { get; set; } = "";

    /// <summary>Registry and repository for the caches; empty uses the image's own. BK2002.</summary>
    public string Repository { get; set; } = "";

    /// <summary>Tag of the development cache. Default: devcache. BK2003.</summary>
    public string DevelopmentTag { get; set; } = "";

    /// <summary>Tag of the production cache. Default: buildcache. BK2003.</summary>
    public string ProductionTag { get; set; } = "";

    /// <summary>Caches to read, in order; <c>Image</c> names the image, all else is typed metadata.</summary>
    [Output]
    public ITaskItem[] CacheFrom { get; private set; } = [];

    /// <summary>Caches to write; none is a reason to fail (BK4002 is a warning).</summary>
    [Output]
    public ITaskItem[] CacheTo { get; private set; } = [];
}
