using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class FinishBake
{
    /// <summary>The images: items of the task PrepareBake of the same project.</summary>
    [Required]
    public ITaskItem[] Sessions { get; set; } = [];

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
