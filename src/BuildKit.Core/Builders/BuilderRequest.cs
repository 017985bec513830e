using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Builders;

/// <summary>Which builder a build wants, and what it must be able to do.</summary>
public sealed record BuilderRequest
{
    /// <summary>The name of a builder that we make when a driver is asked for and no name is given.</summary>
    public const string OwnName = "buildkit-tasks";

    /// <summary>Value of <c>BuildKitBuilder</c>; empty leaves the choice to <c>BUILDX_BUILDER</c> and Docker.</summary>
    public string Name { get; init; } = "";

    /// <summary>Value of <c>BuildKitDriver</c>; null leaves it open.</summary>
    public BuilderDriver? Driver { get; init; }

    /// <summary>Options for a builder that is created, <c>name=value</c>.</summary>
    public IReadOnlyList<string> DriverOptions { get; init; } = [];

    /// <summary>Endpoint of a remote builder that is created.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Full path of a buildkitd configuration for a builder that is created; empty for none.</summary>
    public string ConfigFile { get; init; } = "";

    /// <summary>Flags of the daemons of a builder that is created, as one text.</summary>
    public string Flags { get; init; } = "";

    /// <summary>Items <c>BuildKitNode</c>; without them the properties describe the one node.</summary>
    public IReadOnlyList<SettingItem> Nodes { get; init; } = [];

    /// <summary>Items <c>BuildKitRegistry</c>.</summary>
    public IReadOnlyList<SettingItem> Registries { get; init; } = [];

    /// <summary>What the builds ask for that not every builder can do.</summary>
    public IReadOnlyCollection<BuilderNeed> Needs { get; init; } = [];

    /// <summary>Folder to run Docker's command line in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The project, for diagnostics.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Reads what a project says about its builder.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001: no such driver.</exception>
    public static BuilderRequest Of(ProjectSettings project) => new()
    {
        Name = project["BuildKitBuilder"],
        Driver = BuilderDrivers.TryParse(project.Choice("BuildKitDriver")),
        DriverOptions = [.. project.AllOf("BuildKitDriverOption").Select(option => $"{option.Include}={option["Value"]}")],
        Endpoint = project["BuildKitBuilderEndpoint"],
        ConfigFile = project.PathOf("BuildKitBuilderConfigFile"),
        Flags = project["BuildKitBuilderFlags"],
        Nodes = project.AllOf("BuildKitNode"),
        Registries = project.AllOf("BuildKitRegistry"),
        WorkingDirectory = project.ProjectFolder,
        Location = new SourceLocation(project.ProjectFile),
    };
}
