using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ExamineMachine
{
    /// <summary>Name of the builder that builds use; as for EnsureBuildKit.</summary>
    public string BuilderName { get; set; } = "";

    /// <summary>Driver of the builder. BK2001.</summary>
    public string Driver { get; set; } = "";

    /// <summary>Items <c>BuildKitDriverOption</c>.</summary>
    public ITaskItem[] DriverOptions { get; set; } = [];

    /// <summary>Endpoint of a remote builder.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Full path of a buildkitd configuration.</summary>
    public string ConfigFile { get; set; } = "";

    /// <summary>Flags of daemons.</summary>
    public string Flags { get; set; } = "";

    /// <summary>Items <c>BuildKitNode</c>.</summary>
    public ITaskItem[] Nodes { get; set; } = [];

    /// <summary>Items <c>BuildKitRegistry</c>.</summary>
    public ITaskItem[] Registries { get; set; } = [];

    /// <summary>Values of the project's properties (name, and <c>Value</c>), which name images, platforms and caches.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheFrom</c>. BK4004.</summary>
    public ITaskItem[] CacheReads { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheTo</c>. BK4004.</summary>
    public ITaskItem[] CacheWrites { get; set; } = [];

    /// <summary>Name of the project's image unless a property gives another.</summary>
    public string ImageName { get; set; } = "";

    /// <summary>Full path of a file that gets the findings as JSON; empty for none.</summary>
    public string JsonFile { get; set; } = "";

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";
}
