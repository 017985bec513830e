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

    /// <summary>Whether the other images are built when one fails. Default: true.</summary>
    public bool Continue { get; set; } = true;

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary><c>plain</c> shows a line for each finished step by default, as in CI; else with <c>-v:n</c>.</summary>
    public string Progress { get; set; } = "";

    /// <summary>Whether the page of the timeline of all images is written, beside the definition.</summary>
    public bool Report { get; set; }

    /// <summary>The report of an earlier build on another machine, or a folder with it; from the project's folder. Empty without one.</summary>
    public string EarlierReport { get; set; } = "";

    /// <summary>The longest that the bake may take: seconds or hh:mm:ss; empty for no limit. BK1022, BK1033.</summary>
    public string TimeLimit { get; set; } = "";
}
