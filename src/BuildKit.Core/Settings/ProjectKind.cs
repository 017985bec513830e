using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Settings;

/// <summary>Which projects make images when the switch is set for a whole tree, and which never do.</summary>
/// <param name="project">What the project says.</param>
internal sealed class ProjectKind(ProjectSettings project)
{
    /// <summary>
    /// Whether a Dockerfile's own build publishes the project. There is no engine in it, and its <c>dotnet publish</c> must
    /// not ask for the image that it is a part of. BuildKit names its sandbox so; a container of another builder has neither
    /// an engine nor Docker's command line.
    /// </summary>
    public bool IsInsideImageBuild =>
        MachineName == "buildkitsandbox"
        || (project.Environment.IsTrue("DOTNET_RUNNING_IN_CONTAINER")
            && project.Environment.GetValueOrDefault("DOCKER_HOST", "").Length == 0
            && !IsDockerHere);

    /// <summary>
    /// Whether <c>dotnet publish</c> of a solution publishes all of its projects. Visual Studio tells of its solution too, but
    /// publishes one project.
    /// </summary>
    public bool IsPublishedWithSolution => Is("_IsPublishing") && Is("BuildingSolutionFile") && !Is("BuildingInsideVisualStudio")
        && project["SolutionPath"] is not ("" or "*Undefined*");

    internal string MachineName { get; init; } = Environment.MachineName;

    internal Func<string, bool> FileExists { get; init; } = File.Exists;

    internal HostSystem System { get; init; } = HostSystems.Current;

    /// <summary>
    /// Whether publishing makes images: of programs that run on a server, of projects that name a Dockerfile, and of folders
    /// without code; not of libraries, tests, tools, Aspire hosts, or programs for a browser, a desktop or a phone.
    /// </summary>
    /// <param name="hasDefinitions">Whether items or another file define images.</param>
    public bool MakesImages(bool hasDefinitions) => IsPublishable && !Is("IsTestProject") && !Is("IsTestingPlatformApplication")
        && (hasDefinitions || IsDockerfileNamed || SwitchText.IsOn(project["BuildKitWithoutCode"]) || IsServerProgram);

    /// <summary>
    /// Whether <c>PublishContainer</c> would make an image of it. Of a library, which a solution publishes with its
    /// programs, none is made.
    /// </summary>
    /// <param name="hasDefinitions">Whether items or another file define images.</param>
    public bool HasContainerOfSdk(bool hasDefinitions) => IsPublishable
        && (!project["OutputType"].Equals("Library", StringComparison.OrdinalIgnoreCase) || Is("EnableSdkContainerSupport") || IsDockerfileNamed
            || hasDefinitions);

    // Of the engine's usual place only a socket is a file; a named pipe would be opened by the question.
    private bool IsDockerHere => (System != HostSystem.Windows && FileExists("/var/run/docker.sock"))
        || ProgramSearch.Find(
            project["BuildKitDockerPath"] is { Length: > 0 } named ? named : "docker", project.Environment, System, FileExists) is not null;

    private bool IsPublishable =>
        !Is("IsCrossTargetingBuild") && !project["IsPublishable"].Equals("false", StringComparison.OrdinalIgnoreCase) && !IsInsideImageBuild;

    private bool IsDockerfileNamed => DockerfilePaths.IsNamed(project);

    private bool IsServerProgram =>
        project["OutputType"].Equals("Exe", StringComparison.OrdinalIgnoreCase) && !Is("PackAsTool") && !Is("IsAspireHost")
        && !Is("UsingMicrosoftNETSdkBlazorWebAssembly") && project["TargetPlatformIdentifier"].Length == 0;

    private bool Is(string property) => SwitchText.IsTrueOfSdk(project[property]);
}
