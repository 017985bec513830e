using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK30xx and BK31xx: the Dockerfile, its context, and the steps that fail.</summary>
internal static class DockerfileDiagnostics
{
    /// <summary>No Dockerfile.</summary>
    public static readonly DiagnosticDescriptor DockerfileNotFound = new(
        "BK3001", Error, "The Dockerfile does not exist",
        "The Dockerfile \"{0}\" does not exist. Create it, or correct {1} (paths are relative to the project's folder).",
        "The path was resolved against the project's folder.",
        "Correct BuildKitDockerfile, or leave it out to make the image from the published files.");

    /// <summary>No context.</summary>
    public static readonly DiagnosticDescriptor ContextNotFound = new(
        "BK3002", Error, "The build context does not exist",
        "The build context \"{0}\" does not exist. Correct {1}{2}.",
        "BuildKitContext is relative to the project's folder, DockerfileContext to the Dockerfile's, and what another file says to that file's.",
        "Correct BuildKitContext, or leave it out to have it found.");

    /// <summary>The Dockerfile cannot be parsed.</summary>
    public static readonly DiagnosticDescriptor ParseError = new(
        "BK3003", Error, "The Dockerfile cannot be read",
        "The Dockerfile cannot be read: {0}. Correct this line.",
        "BuildKit's parser refused the line.",
        "Correct the line; https://docs.docker.com/reference/dockerfile/ has each instruction's form.");

    /// <summary>A container that would start nothing.</summary>
    public static readonly DiagnosticDescriptor EntryProgramMissing = new(
        "BK3017", Error, "The program to start is not in the image",
        "The container would start {0}, which is not among the published files in {1}. {2}.",
        "The command of the image names a file in the application's folder, and nothing brings that file.",
        "Correct ContainerAppCommand, ContainerEntrypoint or ContainerWorkingDirectory, or bring the file with a BuildKitCopy item.");

    /// <summary>A flag that the frontend does not know yet.</summary>
    public static readonly DiagnosticDescriptor FlagTooNew = new(
        "BK3016", Error, "The frontend is too old for a flag of the Dockerfile",
        "The frontend that reads the Dockerfile does not know --{0}, which came with version {1}. Write \"# "
            + "syntax=docker/dockerfile:1\" as the first line of the Dockerfile.",
        "BuildKit has a frontend for Dockerfiles built in, which is as old as the engine; a # syntax line fetches a newer one. A line "
            + "that names a version or a digest keeps the frontend at it.",
        "Write the # syntax line, or name a newer version in the one that is there; or do without the flag.");

    /// <summary>FROM an image that is not there.</summary>
    public static readonly DiagnosticDescriptor BaseImageNotFound = new(
        "BK3005", Error, "The base image was not found",
        "The base image {0} was not found{1}. Check its name and tag, or {2}.",
        "The registry has no such repository or tag, or hides it from anonymous users.",
        "Correct the FROM line or ContainerBaseImage; log in when it is private.");

    /// <summary>FROM an image that needs a login.</summary>
    public static readonly DiagnosticDescriptor BaseImageDenied = new(
        "BK3006", Error, "The base image may not be read",
        "The registry refuses to give the base image {0}{3} ({1}). Check its name, and log in when it is private: docker login {2}",
        "The registry wants credentials, or those of docker login have no right to read. Many registries, Docker Hub among them, answer"
            + " so for a name that does not exist, too.",
        "Correct the name, or `docker login` with a user who may read it.");

    /// <summary>FROM an image that lacks the platform.</summary>
    public static readonly DiagnosticDescriptor BaseImagePlatform = new(
        "BK3007", Error, "The base image lacks the platform",
        "The base image {0} has no variant for {1}. Choose another base image, or leave that platform out.",
        "The image index of the base has no manifest for the platform.",
        "Choose a base image that has it, or change the platforms.");

    /// <summary>FROM an image whose registry cannot be reached.</summary>
    public static readonly DiagnosticDescriptor BaseImageUnreachable = new(
        "BK3008", Error, "The base image's registry cannot be reached",
        "The base image {0} could not be read{2}: {1}. Check the network and the proxy, or {3}.",
        "The registry did not answer, or not with TLS as expected.",
        "Check name resolution, proxy and the engine's insecure-registries.");

    /// <summary>FROM an image of a registry that limits requests.</summary>
    public static readonly DiagnosticDescriptor BaseImageLimited = new(
        "BK3029", Error, "The base image's registry limits how often it is asked",
        "The registry took no more requests for the base image {0} ({1}). {2} A mirror has no such limit: {3}.",
        "The registry counts requests of a user or an address (429 Too Many Requests), and the limit is reached. On Docker Hub anonymous"
            + " users share the limit of their address.",
        "Wait as long as the message says, `docker login`, or read the image from a mirror.");

    /// <summary>A program for another kind of Linux than the base image's.</summary>
    public static readonly DiagnosticDescriptor ProgramNotForBase = new(
        "BK3015", Error, "The program cannot run on the base image",
        "{0} is a program for {1}, and the base image {2} has {3}: it would not start. {4}",
        "The published program was made for another architecture or C library than the base image has.",
        "Publish for the base image's runtime identifier (linux-musl-x64 for Alpine), or choose a base image of the program's kind with"
            + " ContainerFamily or ContainerBaseImage.");

    /// <summary>A RUN step failed.</summary>
    public static readonly DiagnosticDescriptor RunFailed = new(
        "BK3101", Error, "A RUN step failed",
        "RUN {0} failed with exit code {1}{2}.{3}",
        "The command ended with an exit code other than 0.",
        "Read its last output, which the message shows; run the command in the stage's image to try it.");

    /// <summary>COPY or ADD of something that is not in the context.</summary>
    public static readonly DiagnosticDescriptor CopySourceNotFound = new(
        "BK3102", Error, "COPY or ADD does not find its source",
        "{0} does not find \"{1}\" in the build context{2}. Check the path (it is relative to the context), .dockerignore, and BuildKitContext.{3}",
        "The path is relative to the build context, not to the Dockerfile, and .dockerignore may leave it out.",
        "Correct the path, the ignore file or BuildKitContext.");

    /// <summary>A required secret was not given.</summary>
    public static readonly DiagnosticDescriptor SecretNotGiven = new(
        "BK3103", Error, "A step needs a secret that was not given",
        "A step needs the secret \"{0}\", and the project gives none of that name. Add <BuildKitSecret Include=\"{0}\" "
            + "EnvironmentVariable=\"...\" />.",
        "RUN --mount=type=secret,required=true names an id that no BuildKitSecret item has.",
        "Add the item, with EnvironmentVariable or File.");

    /// <summary>Any other step that failed.</summary>
    public static readonly DiagnosticDescriptor StepFailed = new(
        "BK3104", Error, "A step failed",
        "{0} failed: {1}",
        "BuildKit's own text is passed on.",
        "Read the text.");

    /// <summary>Lint rules that the Dockerfile itself makes errors.</summary>
    public static readonly DiagnosticDescriptor LintViolation = new(
        "BK3105", Error, "A lint rule was broken",
        "The Dockerfile asks for lint warnings to be errors, and breaks {0}. Correct the lines named in the warnings.",
        "The check directive or BUILDKIT_DOCKERFILE_CHECK has error=true.",
        "Correct the lines, or skip the rule in the check directive.");

    /// <summary>The frontend image cannot be had.</summary>
    public static readonly DiagnosticDescriptor FrontendUnreachable = new(
        "BK3106", Error, "The Dockerfile's frontend cannot be read",
        "The frontend named in the line \"# syntax={0}\" could not be read: {1}. Leave the line out where the engine's built-in "
            + "frontend is enough, or map it to a mirror.",
        "A # syntax line makes BuildKit pull an image that reads the Dockerfile.",
        "Remove the line, or make the image reachable.");

    /// <summary>COPY --from of something that is not there.</summary>
    public static readonly DiagnosticDescriptor CopyFromSourceNotFound = new(
        "BK3107", Error, "COPY --from does not find its source",
        "{0} does not find \"{1}\" in \"{2}\". Check the path, and the step there that should make it.",
        "The stage, image or named context that --from names has no such file.",
        "Correct the path; `docker buildx build --target <stage>` builds the stage alone, to look into it.");

    /// <summary>--from names neither a stage nor an image that can be had.</summary>
    public static readonly DiagnosticDescriptor FromNamesNothing = new(
        "BK3108", Error, "--from names no stage",
        "\"{0}\" in \"{1}\" is no stage above this line and no named context, and there is no image of that name to be had ({2}). "
            + "Correct the name, or add <BuildKitNamedContext Include=\"{0}\" Source=\"...\" />.",
        "BuildKit takes a name that is neither a stage nor a named context for an image on Docker Hub.",
        "Correct the name in --from, or map it with a BuildKitNamedContext item.");

    /// <summary>A line of .dockerignore that BuildKit cannot read.</summary>
    public static readonly DiagnosticDescriptor IgnorePatternMalformed = new(
        "BK3018", Error, "The ignore file has a line that is no pattern",
        "The line \"{0}\" of the ignore file is no pattern ({1}). Correct the line.",
        "BuildKit reads the lines by the rules of Linux on every system: \"/\" divides folders, a back-slash escapes the character "
            + "behind it, and a bracket must be closed.",
        "Write `bin/` for `bin\\`, and put a back-slash before a bracket that is part of a name.");

    /// <summary>A line of the ignore file that nothing can need.</summary>
    public static readonly DiagnosticDescriptor IgnoreLineTooLong = new(
        "BK3019", Error, "The ignore file has a line beyond all limits",
        "A line of the ignore file has {0} characters (\"{1}...\"); at most 4096 characters and 64 wildcards can be read. Write several "
            + "shorter lines.",
        "A path has at most 4096 characters, so no longer pattern is of use; matching one would take all memory.",
        "Write several shorter lines.");

    /// <summary>A change that BuildKit does not see.</summary>
    public static readonly DiagnosticDescriptor ChangeNotSent = new(
        "BK3020", Warning, "BuildKit may not see the change of a file",
        "The content of {0}{1} changed, but not its size and time of modification. BuildKit asks for a file only when one of these "
            + "differs, so the image may have the old content; it is not recorded as built. Give the file a new time "
            + "(save or \"touch\" it) and build again.",
        "A program that puts the old time back after a change, such as an archive, a copy that keeps times, or a tool for reproducible builds.",
        "Save the file again, or give it the present time (`touch`). Published files need nothing: they are staged with another time.");

    /// <summary>What else to do about a base image that cannot be had, to stand behind "or".</summary>
    /// <param name="image">The image, as FROM names it.</param>
    /// <param name="isMirrored">Whether it is fetched from a mirror already.</param>
    internal static string OtherSourceOf(string image, bool isMirrored) => isMirrored
        ? "have the mirror hold it; the items BuildKitRegistryMirror and BuildKitNamedContext say what is fetched where"
        : $"fetch it from a mirror with <BuildKitRegistryMirror Include=\"{RegistryOf(image)}\" Mirror=\"...\" />";

    // Docker's rule: what has no dot, no colon and is not localhost is no host, but a name on Docker Hub.
    private static string RegistryOf(string image) =>
        image.Split('/') is [var host, _, ..] && (host.Contains('.') || host.Contains(':') || host == "localhost") ? host : "docker.io";

    /// <summary>A heredoc with Windows line ends.</summary>
    public static readonly DiagnosticDescriptor HeredocLineEnds = new(
        "BK3109", Error, "A RUN heredoc has Windows line ends",
        "RUN {0} failed with exit code {1}{2}, and its heredoc has Windows line ends (CRLF), which the shell takes as a part of each "
            + "command. Save the Dockerfile with LF, and add \"{3} text eol=lf\" to .gitattributes.{4}",
        "In a heredoc BuildKit hands each line to the shell as it is, with the carriage return at its end.",
        "Save the Dockerfile with LF line ends; `.gitattributes` keeps git from changing them.");
}
