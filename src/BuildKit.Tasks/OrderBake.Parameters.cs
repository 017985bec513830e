using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class OrderBake
{
    /// <summary>The projects of the bake.</summary>
    [Required]
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>Those that have images: items of the task DescribeBake.</summary>
    public ITaskItem[] Described { get; set; } = [];

    /// <summary>Whether all are written into one definition, changed or not, for somebody else to run.</summary>
    public bool ByHand { get; set; }

    /// <summary>With fewer images to build none is baked: their projects build them. 0 where they cannot.</summary>
    public int MinimumCount { get; set; }

    /// <summary>The projects that have an image, when there is a bake; also those for which nothing changed.</summary>
    [Output]
    public ITaskItem[] Members { get; private set; } = [];

    /// <summary>How many images they have.</summary>
    [Output]
    public int ImageCount { get; private set; }

    /// <summary>
    /// The projects that have an image to build, with their <c>Wave</c>, from 0. What they are to do stands beside their <c>File</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Steps { get; private set; } = [];
}
