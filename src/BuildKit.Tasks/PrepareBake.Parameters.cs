using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PrepareBake
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit.</summary>
    [Required]
    public ITaskItem Builder { get; set; } = null!;

    /// <summary>Caches to read, in order.</summary>
    public ITaskItem[] CacheFrom { get; set; } = [];

    /// <summary>Caches to write.</summary>
    public ITaskItem[] CacheTo { get; set; } = [];

    /// <summary>Whether somebody else runs the bake.</summary>
    public bool ByHand { get; set; }

    /// <summary>Whether an earlier bake of the same build was to make a base image; when that is not there, it failed. Not told of one among several images.</summary>
    public bool FollowsBase { get; set; }

    /// <summary>The images that are ready: what DescribeBake says of them, <c>Files</c>, <c>SessionKey</c>, and their builder.</summary>
    [Output]
    public ITaskItem[] Targets { get; private set; } = [];
}
