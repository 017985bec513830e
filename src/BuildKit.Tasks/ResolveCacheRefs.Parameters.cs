using BuildKit.Core.Caches;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ResolveCacheRefs
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit; none when it is not known.</summary>
    public ITaskItem? Builder { get; set; }

    /// <summary>Whether it is asked if the registry takes a push where none was made before; a bake asks for all images at once. Default: true.</summary>
    public bool ChecksLogin { get; set; } = true;

    /// <summary><c>Development</c>, <c>Production</c>, <c>Branch</c> or <c>PullRequest</c>; empty chooses: Development outside CI. BK2001.</summary>
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

    /// <summary>The repository's default branch; empty leaves it to the CI system.</summary>
    public string DefaultBranch { get; set; } = "";

    /// <summary>The branch that this one came from; empty leaves it to the CI system, else it is the default branch.</summary>
    public string BaseBranch { get; set; } = "";

    /// <summary>Compression of written layers: <c>gzip</c> (BuildKit's default), <c>zstd</c>, <c>estargz</c>, <c>uncompressed</c>. BK2001.</summary>
    public string Compression { get; set; } = "";

    /// <summary>The project's items <c>BuildKitCacheFrom</c>. BK4004.</summary>
    public ITaskItem[] Reads { get; set; } = [];

    /// <summary>The project's items <c>BuildKitCacheTo</c>. BK4004.</summary>
    public ITaskItem[] Writes { get; set; } = [];

    /// <summary>Caches to read, in order; <c>Image</c> names the image, all else is typed metadata.</summary>
    [Output]
    public ITaskItem[] CacheFrom { get; private set; } = [];

    /// <summary>Caches to write; none is a reason to fail (BK4002 is a warning).</summary>
    [Output]
    public ITaskItem[] CacheTo { get; private set; } = [];

    private CacheSettings Settings() => new()
    {
        Profile = Profile,
        Type = CacheType,
        Write = Write,
        Repository = Repository,
        DevelopmentTag = DevelopmentTag,
        ProductionTag = ProductionTag,
        DefaultBranch = DefaultBranch,
        BaseBranch = BaseBranch,
        Compression = Compression,
        Items = TaskItems.ToCacheItems(Reads, Writes),
    };
}
