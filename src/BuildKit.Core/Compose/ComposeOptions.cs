using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Compose;

/// <summary>What a project says about its compose files.</summary>
public sealed record ComposeOptions
{
    /// <summary>Services to take; none takes all that are built.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Profiles whose services count too (<c>--profile</c>); <c>*</c> is all. COMPOSE_PROFILES adds to them.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Full path of the Dockerfile whose services are taken; empty takes all.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>Tags that the project names itself; then those of the file do not count.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Registry of the project, for images that name none; empty for the local engine.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Full path of the folder for Dockerfiles that have to be written (<c>dockerfile_inline</c>).</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>The environment of the build.</summary>
    public required BuildEnvironment Environment { get; init; }

    /// <summary>Whether the files concern the project: set for a whole tree, they do not concern a library without a Dockerfile.</summary>
    public bool Applies { get; init; } = true;

    /// <summary>Reads them. A project of .NET code takes the services that are built from its Dockerfile; a folder without code takes all.</summary>
    /// <param name="project">What the project says.</param>
    public static ComposeOptions Of(ProjectSettings project)
    {
        var services = project.List("BuildKitComposeService");
        var dockerfile = project.HasPublish && services.Count == 0 ? DockerfilePaths.Used(project) : "";
        return new ComposeOptions
        {
            Applies = !project.HasPublish || services.Count > 0 || dockerfile.Length > 0,
            Services = services,
            Profiles = project.List("BuildKitComposeProfile"),
            Dockerfile = dockerfile,
            Tags = [.. ImageNames.TagProperties(project).SelectMany(project.List)],
            Registry = project.List("ContainerRegistry").FirstOrDefault(""),
            IntermediateFolder = Path.Combine(project.IntermediateFolder, "compose"),
            Environment = project.Environment,
        };
    }
}
