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

    /// <summary>Flags of the daemons of a builder that is created, as one text.</summary>
    public string Flags { get; set; } = "";

    /// <summary>Items <c>BuildKitNode</c>: name, with <c>Endpoint</c>, <c>Platforms</c>, <c>Flags</c> and the driver's options. BK1030.</summary>
    public ITaskItem[] Nodes { get; set; } = [];

    /// <summary>Items <c>BuildKitRegistry</c>: how a builder that is created reaches registries. BK1030, BK1031.</summary>
    public ITaskItem[] Registries { get; set; } = [];

    /// <summary>The images to be built, whose <c>Needs</c> the builder must have; empty asks for nothing. BK1011, BK1032.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Full path of the record of the last good probe; empty keeps none.</summary>
    public string RecordFile { get; set; } = "";

    /// <summary>How long a record stands in for a probe: seconds or hh:mm:ss; 0 probes each time. Default: 30 minutes. BK1033.</summary>
    public string RecordAge { get; set; } = "";

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary>Whether a missing engine is a message (BK1020) and not an error. Default: false.</summary>
    public bool Optional { get; set; }

    /// <summary>The builder: <c>Name</c>, <c>Driver</c>, <c>ContainerdStore</c>, <c>Endpoint</c>, versions. Empty when there is none.</summary>
    [Output]
    public ITaskItem[] Builder { get; private set; } = [];
}
