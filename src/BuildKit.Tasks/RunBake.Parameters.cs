using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class RunBake
{
    /// <summary>The images: items of the task PrepareBake, of all projects; those that could not be prepared are missing.</summary>
    public ITaskItem[] Targets { get; set; } = [];

    /// <summary>References of all images that are to be baked now: metadata <c>References</c> of OrderBake.</summary>
    public string[] Expected { get; set; } = [];

    /// <summary>Full path of the definition to write.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>Whether it is only written, for somebody else to run: paths below its folder are relative to it.</summary>
    public bool ByHand { get; set; }
}
