using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>What the tasks share that are told which builder a build wants.</summary>
public abstract class BuilderTask : BuildKitTask
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

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary>The builder that is wanted.</summary>
    /// <exception cref="DiagnosticException">BK2001: there is no such driver.</exception>
    internal BuilderRequest MakeRequest() => new()
    {
        Name = BuilderName,
        Driver = BuilderRequest.ParseDriver(Driver, ProjectFileLocation.Of(ProjectFile, "BuildKitDriver")),
        DriverOptions = [.. DriverOptions.Select(option => $"{option.ItemSpec}={option.GetMetadata("Value")}")],
        Endpoint = Endpoint,
        ConfigFile = ConfigFile,
        Flags = Flags,
        Nodes = TaskItems.ToSettings(Nodes),
        Registries = TaskItems.ToSettings(Registries),
        WorkingDirectory = Path.GetDirectoryName(ProjectFile)!,
        Location = new SourceLocation(ProjectFile),
    };
}
