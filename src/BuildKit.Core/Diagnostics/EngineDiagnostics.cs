using BuildKit.Core.Systems;
using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK1xxx: the engine, the command line and the builder.</summary>
public static class EngineDiagnostics
{
    /// <summary>Raised by the targets, before any task is loaded.</summary>
    public static readonly DiagnosticDescriptor MSBuildTooOld = new(
        "BK1000", Error, "MSBuild is too old",
        "BuildKit.Tasks needs the .NET SDK's own MSBuild or Visual Studio 2026 (MSBuild 18), and this is MSBuild {0} of the .NET "
            + "Framework. Use \"dotnet build\" or \"dotnet publish\", or Visual Studio 2026.",
        "The tasks are one .NET assembly; MSBuild of the .NET Framework can start one only since version 18.",
        "Build with `dotnet build`, or open the project in Visual Studio 2026.");

    /// <summary>No docker program.</summary>
    public static readonly DiagnosticDescriptor CliNotFound = new(
        "BK1001", Error, "Docker's command line is missing",
        "Docker's command line (docker) was not found on PATH, so the image cannot be built. {system}, or set BuildKitDockerPath to the"
            + " program, or BuildKitEnabled=auto if machines without Docker are to build without an image.",
        "No `docker` program is on PATH, and BuildKitDockerPath names none.",
        "Install Docker's command line with its buildx plugin, or name the program with BuildKitDockerPath.")
    {
        BySystem = SystemRemedies.InstallDocker,
    };

    /// <summary>docker without buildx.</summary>
    public static readonly DiagnosticDescriptor BuildxMissing = new(
        "BK1002", Error, "The buildx plugin is missing",
        "Docker's command line is here ({0}), but without its buildx plugin, which BuildKit builds need. {system}",
        "`docker buildx version` does not answer: the plugin is not in any cli-plugins folder, or DOCKER_CONFIG points at a folder without it.",
        "Install the docker-buildx package of your distribution, or copy the plugin to `~/.docker/cli-plugins/docker-buildx` (Windows: "
            + "`%ProgramFiles%\\Docker\\cli-plugins\\docker-buildx.exe`); Docker Desktop and Rancher Desktop bring it.")
    {
        BySystem = SystemRemedies.InstallBuildx,
    };

    /// <summary>The engine does not answer.</summary>
    public static readonly DiagnosticDescriptor EngineUnreachable = new(
        "BK1003", Error, "The engine does not answer",
        "Docker's command line is here ({0}), but its engine does not answer at {1}: {2}. {system}, or point DOCKER_HOST or the Docker "
            + "context at an engine that runs.",
        "No engine listens at the endpoint that DOCKER_HOST, DOCKER_CONTEXT or the current Docker context names.",
        "Start the engine, or select another one (`docker context use`, DOCKER_HOST).")
    {
        BySystem = SystemRemedies.StartEngine,
    };

    /// <summary>The socket is there but may not be used.</summary>
    public static readonly DiagnosticDescriptor SocketPermissionDenied = new(
        "BK1004", Error, "The engine's socket may not be used",
        "Docker's command line is here ({0}), but its engine does not answer at {1}: permission denied. {system}, or set DOCKER_HOST to"
            + " an engine you may use.",
        "The socket belongs to root and the docker group, and the user is in neither; on Windows the pipe is open to the group docker-users.",
        "Linux: `sudo usermod -aG docker $USER` and a new sign-in, or a rootless engine and its DOCKER_HOST. macOS: the Docker context "
            + "of this user's engine. Windows: the group docker-users and a new sign-in.")
    {
        BySystem = SystemRemedies.AllowSocket,
    };

    /// <summary>Engine older than supported.</summary>
    public static readonly DiagnosticDescriptor EngineTooOld = new(
        "BK1005", Error, "The engine is too old",
        "The engine at {0} is version {1}; BuildKit.Tasks needs {2} or newer ({3}). Update Docker, or set "
            + "BuildKitDriver=docker-container, which brings its own BuildKit.",
        "Named contexts, COPY --link and the machine-readable progress need BuildKit of engine 23 or newer; before 18.09 there is no "
            + "BuildKit at all.",
        "Update the engine, or use a builder of the docker-container or remote driver.");

    /// <summary>buildx older than supported.</summary>
    public static readonly DiagnosticDescriptor BuildxTooOld = new(
        "BK1006", Error, "buildx is too old",
        "buildx is version {0}; BuildKit.Tasks needs {1} or newer, because older ones cannot report progress as data "
            + "(--progress=rawjson). Update the docker-buildx package.",
        "`--progress=rawjson` came with buildx 0.13.",
        "Update buildx.");

    /// <summary>The named builder does not exist and cannot be made.</summary>
    public static readonly DiagnosticDescriptor BuilderMissing = new(
        "BK1007", Error, "The builder does not exist",
        "There is no builder named \"{0}\" (there are: {1}). Correct BuildKitBuilder (or BUILDX_BUILDER), or set "
            + "BuildKitDriver=docker-container to have it created.",
        "BuildKitBuilder or BUILDX_BUILDER names a builder that `docker buildx ls` does not list, and no driver says how to create it.",
        "Correct the name, or set BuildKitDriver (docker-container, remote, kubernetes) so that the builder is created.");

    /// <summary>The builder was found or created, but does not start.</summary>
    public static readonly DiagnosticDescriptor BootstrapFailed = new(
        "BK1008", Error, "The builder does not start",
        "The builder \"{0}\" ({1} driver) did not start: {2}. {3}",
        "BuildKit could not be started in the builder's container, its image could not be pulled, or its endpoint does not answer.",
        "Where the machine cannot pull `moby/buildkit`, name an image that it can pull: "
            + "`<BuildKitDriverOption Include=\"image\" Value=\"…\" />`. Else read what the container says "
            + "(`docker logs buildx_buildkit_<name>0`), check the options, remove the builder and build again.");

    /// <summary>What to do about a builder that does not start.</summary>
    /// <param name="name">The builder.</param>
    /// <param name="reason">Why it does not start.</param>
    /// <param name="removed">Whether it was made for this build, and is gone again.</param>
    internal static string StartRemedy(string name, string reason, bool removed)
    {
        string[] ofImage = ["pull", "moby/buildkit", "manifest", "No such image"];
        var image = ofImage.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? "If this machine cannot pull BuildKit's image, name one that it can pull: <BuildKitDriverOption Include=\"image\" Value=\"...\" />. "
            : "";
        return image + (removed ? "The builder was removed again; the next build creates it."
            : $"Look at \"docker buildx inspect --bootstrap {name}\"; if it never worked, remove it (\"docker buildx rm {name}\") and build again.");
    }


    /// <summary>podman behind the name docker.</summary>
    public static readonly DiagnosticDescriptor PodmanInsteadOfDocker = new(
        "BK1009", Error, "Podman answers in Docker's place",
        "The program \"{0}\" is Podman ({1}), whose build command is not BuildKit. Install Docker's command line and buildx beside it "
            + "and name it with BuildKitDockerPath; with DOCKER_HOST set to Podman's socket, use BuildKitDriver=docker-container.",
        "`docker` is an alias or link to Podman, or the engine behind the socket is Podman.",
        "Install Docker's command line with buildx, name it with BuildKitDockerPath, and use BuildKitDriver=docker-container or remote.");

    /// <summary>A builder of this name exists but is not what is asked for.</summary>
    public static readonly DiagnosticDescriptor BuilderDiffers = new(
        "BK1010", Error, "The builder is not as asked",
        "The builder \"{0}\" exists, but {1}. It was not made by BuildKit.Tasks, so it is left as it is. Change the properties, name "
            + "another builder with BuildKitBuilder, or remove it yourself (\"docker buildx rm {0}\").",
        "BuildKitDriver or BuildKitDriverOption items ask for something else than the builder of that name has.",
        "Align the properties with the builder, or choose another name.");

    /// <summary>The builder cannot do what changes the result.</summary>
    public static readonly DiagnosticDescriptor BuilderCannot = new(
        "BK1011", Error, "The builder cannot do what is asked",
        "The builder \"{0}\" ({1}) cannot make {2}. {3}",
        "The docker driver without the containerd image store has no multi-platform builds, attestations, OCI archives or image config by exporter.",
        "Turn the containerd image store on in the engine, or set BuildKitDriver=docker-container.");

    /// <summary>The engine's network for RUN steps is broken.</summary>
    public static readonly DiagnosticDescriptor EngineNetworkFault = new(
        "BK1012", Error, "The engine cannot give a step its network",
        "The engine could not connect a RUN step to its network ({0}). That is a fault of the engine, not of the Dockerfile; restart the engine.",
        "The bridge docker0 is gone, or firewall rules were flushed under a running engine.",
        "Restart the engine.");

    /// <summary>No space left.</summary>
    public static readonly DiagnosticDescriptor DiskFull = new(
        "BK1013", Error, "The disk is full",
        "The engine's disk is full ({0}). Free space (\"docker buildx prune\", \"docker image prune\") and build again.",
        "The file system that holds the engine's data, or the folder of an output, has no room left.",
        "`docker buildx du` shows what takes the room; `docker buildx prune` frees it.");

    /// <summary>An entry of the engine's cache has lost its files.</summary>
    public static readonly DiagnosticDescriptor BuildCacheDamaged = new(
        "BK1034", Error, "The builder's cache has lost files",
        "The builder's cache has a step whose files are gone ({0}). That is a fault of BuildKit, not of the Dockerfile. Build once with"
            + " BuildKitNoCache=true; if that does not help, free the cache (\"docker buildx prune\") or restart the engine.",
        "BuildKit can lose a step that builds at the same time share (moby/buildkit 6808).",
        "Build once with `-p:BuildKitNoCache=true`; else `docker buildx prune`, or restart the engine. A newer engine may have fixed the cause.");

    /// <summary>buildx create refused.</summary>
    public static readonly DiagnosticDescriptor BuilderCreationFailed = new(
        "BK1014", Error, "The builder could not be created",
        "The builder \"{0}\" ({1} driver) could not be created: {2}. Check BuildKitDriver and the BuildKitDriverOption items.",
        "buildx refused the driver or one of its options.",
        "Correct the option that the message names.");

    /// <summary>The connection broke in the middle of a build.</summary>
    public static readonly DiagnosticDescriptor EngineGone = new(
        "BK1016", Error, "The engine went away during the build",
        "The connection to the engine broke during the build ({0}). Nothing is reported as built. See that the engine runs and has "
            + "memory, then build again.",
        "The engine was stopped or restarted, ran out of memory, or the network between here and a remote builder broke.",
        "Start the engine again; `dmesg` shows whether the kernel killed it for memory.");

    /// <summary>Killed for memory.</summary>
    public static readonly DiagnosticDescriptor OutOfMemory = new(
        "BK1017", Error, "A step ran out of memory",
        "A step was killed for lack of memory ({0}). Give the engine more memory, or let the step use less.",
        "Exit code 137 of a RUN step: the kernel or a limit killed its process.",
        "Raise the memory of the engine or of the builder's container.");

    /// <summary>Something else than the caller ended the build.</summary>
    public static readonly DiagnosticDescriptor BuildStopped = new(
        "BK1018", Error, "The build was stopped from outside",
        "The build was stopped from outside ({0}). Nothing is reported as built. Build again.",
        "The docker program got a signal that did not come from this build, or the engine cancelled its work.",
        "Build again; see what else stops processes on this machine (a job's time limit, for example).");

    /// <summary>buildx does not know an argument we gave.</summary>
    public static readonly DiagnosticDescriptor CommandLineRefused = new(
        "BK1019", Error, "buildx refused its arguments",
        "buildx refused an argument: {0}. Update buildx, or take the option back that needs a newer one.",
        "The installed buildx is older than an option that the project uses.",
        "Update buildx.");

    /// <summary>BuildKitEnabled=auto on a machine without an engine.</summary>
    public static readonly DiagnosticDescriptor SkippedWithoutEngine = new(
        "BK1020", Message, "No image: no engine here",
        "No image is built for {0}: BuildKitEnabled is \"auto\", and this machine has no BuildKit ({1}). BuildKitEnabled=true makes that an error.",
        "BuildKitEnabled=auto builds the image only where an engine is.",
        "Set BuildKitEnabled=true to make a missing engine an error.")
    {
        ShownByDefault = true,
    };

    /// <summary>More arguments than the system takes.</summary>
    public static readonly DiagnosticDescriptor CommandLineTooLong = new(
        "BK1037", Error, "The command line is too long",
        "The command for buildx has {0} characters of arguments, and {1}; the longest argument is {2} with {3}. Give fewer or shorter "
            + "labels, build arguments, tags and annotations, or put long values into files.",
        "Labels, build arguments, tags and annotations are arguments of one command, whose length the system limits.",
        "Give fewer or shorter values: a Dockerfile's own LABEL lines and files of the context have no such limit.");

    /// <summary>A program that Docker asks for logins does not work.</summary>
    public static readonly DiagnosticDescriptor CredentialHelperFailed = new(
        "BK1074", Error, "The credential helper failed",
        "The registry {0} wants a login, and the program that Docker's config.json names for it gave none: {1}. Run that program yourself"
            + " (echo {0} | docker-credential-... get), or take it out of credHelpers or credsStore and use docker login.",
        "`credHelpers` or `credsStore` in Docker's config.json names a program `docker-credential-...` that is missing, fails, or waits "
            + "for an answer that nobody gives it in a build.",
        "Install the helper or sign in to the service behind it; or remove the entry from config.json and use `docker login`.");

    /// <summary>A token server whose answer is none.</summary>
    public static readonly DiagnosticDescriptor TokenServerFault = new(
        "BK1075", Error, "The registry's token server gives no token",
        "The registry sends to its token server for a login, and what came from there cannot be used: {0}. That is a fault of that "
            + "server or of a proxy before it; build again, or ask whoever runs it.",
        "The token server answered with something else than JSON with a token, such as a page of a proxy or a sign-in page.",
        "Open the address of the token server (`curl -i https://<registry>/v2/` names it) and see what answers.");

    /// <summary>What the engine said matches nothing we know.</summary>
    public static readonly DiagnosticDescriptor EngineError = new(
        "BK1099", Error, "BuildKit reported an error",
        "BuildKit reported: {0}",
        "The engine's text is passed on as it is, because no better code fits.",
        "Read the text; `docker buildx history logs` shows the whole build.");
}
