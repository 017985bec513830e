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

    /// <summary><c>plain</c> shows a line for each finished step by default, as in CI; else with <c>-v:n</c>.</summary>
    public string Progress { get; set; } = "";

    /// <summary>The longest that the build may take: seconds or hh:mm:ss; empty for no limit. BK1022, BK1033.</summary>
    public string TimeLimit { get; set; } = "";

    /// <summary>Full path of the record of the builder's last good probe, which a failure takes away; empty for none.</summary>
    public string BuilderRecordFile { get; set; } = "";

    /// <summary>Whether the page of the timeline is written; one that failed in a step has one in any case.</summary>
    public bool Report { get; set; }

    /// <summary>The report of an earlier build on another machine, or a folder with it; from the project's folder. Empty without one.</summary>
    public string EarlierReport { get; set; } = "";

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
