using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK3301 to BK3309: checks of a Dockerfile against the project that it builds.</summary>
internal static class ProjectCheckDiagnostics
{
    /// <summary>A referenced project is not there when restore runs.</summary>
    public static readonly DiagnosticDescriptor ProjectNotCopied = new(
        "BK3301", Warning, "A referenced project is not copied before restore",
        "{0} references {1}, which is not copied before this restore; {2}. Write above this line: {3}",
        "Restore passes over projects that are not there, so that the layer with the packages is not complete. A later step restores "
            + "the rest, unless it has --no-restore: then it fails.",
        "Copy the project file of every referenced project before the restore, or copy all of them at once: `COPY --parents **/*.csproj"
            + " ./` (with `# syntax=docker/dockerfile:1` in the first line).");

    /// <summary>A file that decides what restore does is not there when it runs.</summary>
    public static readonly DiagnosticDescriptor RestoreInputNotCopied = new(
        "BK3302", Warning, "A file that restore reads is not copied before it",
        "{0} {4} to {1} and {5} not copied before this restore: {2}. Write above this line: {3}",
        "Directory.Build.props, Directory.Build.targets, Directory.Packages.props, nuget.config, global.json and packages.lock.json "
            + "decide which SDK, feeds and versions a restore takes.",
        "Copy the file before the restore, to the same place relative to the project.");

    /// <summary>The base image has another .NET than the project.</summary>
    public static readonly DiagnosticDescriptor BaseVersion = new(
        "BK3303", Warning, "The base image has another .NET version than the project",
        "The base image {0} has .NET {1}, and {2} is built for {3}, which {4}. Write here: {5}",
        "A framework-dependent program runs on the major version it was built for; an SDK builds for its own version and older ones.",
        "Change the tag of the base image, or TargetFramework.");

    /// <summary>The result has the platform of the machine that builds.</summary>
    public static readonly DiagnosticDescriptor FinalStageOnBuildPlatform = new(
        "BK3304", Warning, "The final stage has the platform of the machine that builds",
        "The image starts from a stage on $BUILDPLATFORM, so that it has the platform of the machine that builds, whatever platform is "
            + "asked for. Write here: {0}",
        "--platform=$BUILDPLATFORM is for stages that compile; the stage that becomes the image must be on the target platform.",
        "Leave the flag out of the final stage.");

    /// <summary>EXPOSE names a port on which nobody listens.</summary>
    public static readonly DiagnosticDescriptor ExposedPort = new(
        "BK3305", Warning, "EXPOSE names a port on which the program does not listen",
        "EXPOSE {0}, but ASP.NET Core {1} listens on 8080 in its container images unless ASPNETCORE_HTTP_PORTS or ASPNETCORE_URLS says "
            + "otherwise. Write here: EXPOSE 8080 (or set ASPNETCORE_HTTP_PORTS with ENV)",
        "Since .NET 8 the images set ASPNETCORE_HTTP_PORTS=8080, because a program that is not root may not listen on 80.",
        "Expose 8080, or set ASPNETCORE_HTTP_PORTS with ENV.");

    /// <summary>A build or publish that restores although a step before did.</summary>
    public static readonly DiagnosticDescriptor RestoresAgain = new(
        "BK3306", Message, "A step restores again",
        "dotnet {0} looks through the packages again, although line {1} has restored them. Write: dotnet {0} --no-restore{2}",
        "Build and publish restore first, unless asked not to; with all packages there it costs seconds, with another runtime identifier"
            + " or configuration it may download.",
        "Add --no-restore; give the restore the same runtime identifier (`-r`) and properties.");

    /// <summary>A cache mount lies over packages of a layer, or the other way round.</summary>
    public static readonly DiagnosticDescriptor CacheMountHidesLayer = new(
        "BK3307", Warning, "A cache mount hides what a layer restored",
        "Line {0} restores the packages {1} and this step looks for them {2}, so that they are {3}. Write here: RUN {4}",
        "A cache mount is a folder of its own: what it holds is in no layer, and what a layer has at that place cannot be seen through it.",
        "Give every step that restores, builds or publishes the same cache mount, or none of them.");

    /// <summary>A project that no COPY can bring.</summary>
    public static readonly DiagnosticDescriptor ProjectOutsideContext = new(
        "BK3308", Warning, "A referenced project lies outside the build context",
        "{0} references {1}, which lies outside the build context {2}: this step fails, and no COPY can bring it. Make {3} the context "
            + "with BuildKitContext, and write the paths of the Dockerfile from there.",
        "What a build reads lies in its context or in a named context.",
        "Make a folder above both projects the context, with BuildKitContext, and correct the paths in the Dockerfile.");

    /// <summary>Blazor's scripts that are not published.</summary>
    public static readonly DiagnosticDescriptor WebAssets = new(
        "BK3309", Warning, "Blazor's scripts are missing from what is published",
        "{0} has components ({1}) that are not copied before this restore; the restore then leaves out the package with Blazor's "
            + "scripts, and line {2} publishes without _framework/blazor.web.js. Set RequiresAspNetWebAssets to true in {0}.",
        "Since .NET 10 the SDK adds the package with Blazor's scripts when it sees .razor files at the restore.",
        "Set RequiresAspNetWebAssets, or leave --no-restore out of the publish.");
}
