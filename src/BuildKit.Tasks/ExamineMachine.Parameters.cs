using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ExamineMachine
{
    /// <summary>Values of the project's properties (name, and <c>Value</c>), which name images, platforms and caches.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The project's images; their metadata wins over the properties.</summary>
    public ITaskItem[] Definitions { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheFrom</c>. BK4004.</summary>
    public ITaskItem[] CacheReads { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheTo</c>. BK4004.</summary>
    public ITaskItem[] CacheWrites { get; set; } = [];

    /// <summary>Name of the project's image unless a property gives another.</summary>
    public string ImageName { get; set; } = "";

    /// <summary>Full path of the folder with the records of the project's builds; empty without a project. BK1053.</summary>
    public string IntermediateFolder { get; set; } = "";

    /// <summary>Full path of a file that gets the findings as JSON; empty for none.</summary>
    public string JsonFile { get; set; } = "";
}
