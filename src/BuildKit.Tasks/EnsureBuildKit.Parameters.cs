using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class EnsureBuildKit
{
    /// <summary>The images to be built, whose <c>Needs</c> the builder must have; empty asks for nothing. BK1011, BK1032.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>Full path of the record of the last good probe; empty keeps none.</summary>
    public string RecordFile { get; set; } = "";

    /// <summary>How long a record stands in for a probe: seconds or hh:mm:ss; 0 probes each time. Default: 30 minutes. BK1033.</summary>
    public string RecordAge { get; set; } = "";

    /// <summary>Whether a missing engine is a message (BK1020) and not an error. Default: false.</summary>
    public bool Optional { get; set; }

    /// <summary>The builder: <c>Name</c>, <c>Driver</c>, <c>ContainerdStore</c>, <c>Endpoint</c>, versions. Empty when there is none.</summary>
    [Output]
    public ITaskItem[] Builder { get; private set; } = [];
}
