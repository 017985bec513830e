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
}
