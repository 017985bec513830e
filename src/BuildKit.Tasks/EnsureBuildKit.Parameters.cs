using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class EnsureBuildKit
{
    /// <summary>Name of the builder; empty leaves the choice to <c>BUILDX_BUILDER</c> and Docker. Can raise BK1007.</summary>
    public string BuilderName { get; set; } = "";

    /// <summary>Driver: <c>docker</c>, <c>docker-container</c>, <c>kubernetes</c>, <c>remote</c>; empty for any. BK2001, BK1010.</summary>
    public string Driver { get; set; } = "";

    /// <summary>Options for a builder that is created: name, and <c>Value</c>. BK1014.</summary>
    public ITaskItem[] DriverOptions { get; set; } = [];

    /// <summary>Endpoint of a remote builder that is created, for example <c>tcp://host:1234</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Full path of a buildkitd configuration for a builder that is created.</summary>
    public string ConfigFile { get; set; } = "";

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary>Whether a missing engine is a message (BK1020) and not an error. Default: false.</summary>
    public bool Optional { get; set; }

    /// <summary>The builder: <c>Name</c>, <c>Driver</c>, <c>ContainerdStore</c>, <c>Endpoint</c>, versions. Empty when there is none.</summary>
    [Output]
    public ITaskItem[] Builder { get; private set; } = [];
}
