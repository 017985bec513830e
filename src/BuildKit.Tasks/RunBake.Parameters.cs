using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class RunBake
{
    /// <summary>The projects of one wave: items of the task OrderBake. What they made ready stands beside their <c>File</c>.</summary>
    [Required]
    public ITaskItem[] Steps { get; set; } = [];

    /// <summary>Full path of the folder for the definition of a bake that is run.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Full path of the definition that is only written, for somebody else to run: paths below its folder are relative to it.</summary>
    [Required]
    public string BakeFile { get; set; } = "";

    /// <summary>Whether the other images are built when one fails. Default: true.</summary>
    public bool Continue { get; set; } = true;

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary><c>plain</c> shows a line for each finished step by default, as in CI; else with <c>-v:n</c>.</summary>
    public string Progress { get; set; } = "";

    /// <summary>Whether the page of the timeline of all images is written, beside the definition.</summary>
    public bool Report { get; set; }

    /// <summary>The longest that the bake may take: seconds or hh:mm:ss; empty for no limit. BK1022, BK1033.</summary>
    public string TimeLimit { get; set; } = "";
}
