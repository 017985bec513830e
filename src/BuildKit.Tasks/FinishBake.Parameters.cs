using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class FinishBake
{
    /// <summary>The images: items of the task PrepareBake of the same project.</summary>
    [Required]
    public ITaskItem[] Sessions { get; set; } = [];

    /// <summary><c>plain</c> shows the block about each image by default, as in CI; else with <c>-v:n</c>.</summary>
    public string Progress { get; set; } = "";

    /// <summary>Full path of the record of the builder's last good probe, which a failure takes away; empty for none.</summary>
    public string BuilderRecordFile { get; set; } = "";

    /// <summary>Whether the page of the timeline is written; one that failed in a step has one in any case.</summary>
    public bool Report { get; set; }

    /// <summary>The images that were built.</summary>
    [Output]
    public ITaskItem[] Images { get; private set; } = [];

    /// <summary>The images of the platforms behind their indexes.</summary>
    [Output]
    public ITaskItem[] PlatformImages { get; private set; } = [];

    /// <summary>The steps, of a failed build too. In a binary log they are the tree below the task.</summary>
    [Output]
    public ITaskItem[] Steps { get; private set; } = [];
}
