using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK3310 to BK3320: checks of layers, cache mounts and the context, for every language.</summary>
internal static class LayerCheckDiagnostics
{
    /// <summary>Dependencies are installed after the source was copied.</summary>
    public static readonly DiagnosticDescriptor SourceBeforeDependencies = new(
        "BK3310", Warning, "The source is copied before the dependencies are installed",
        "Line {0} copies the whole context before {1}, so that every change of a source file installs all dependencies again. Write "
            + "there instead, and copy the rest below {1}: {2}",
        "A step runs again when anything that was copied before it changed.",
        "Copy the files that name the dependencies, install, and copy the source after that.");

    /// <summary>A package manager without a cache mount.</summary>
    public static readonly DiagnosticDescriptor CacheMountMissing = new(
        "BK3311", Message, "A package manager has no cache mount",
        "{0} downloads everything again whenever this step runs. Write: RUN {1} {0} ...{2}",
        "A cache mount keeps what was downloaded from one build to the next, on the same builder.",
        "Add the mount. In CI on fresh machines it is empty, and a registry cache does the work.");

    /// <summary>A cache that two builds must not write at once.</summary>
    public static readonly DiagnosticDescriptor CacheMountSharing = new(
        "BK3312", Warning, "A cache mount is shared where it must not be",
        "apt needs {0} for itself, and two builds at once may write this cache mount. Write: --mount=type=cache,sharing=locked,target={0}",
        "The default, sharing=shared, lets several builds use the folder at once; apt locks its lists and packages and fails.",
        "Add sharing=locked.");

    /// <summary>The context has build output in it, and nothing leaves it out.</summary>
    public static readonly DiagnosticDescriptor NoIgnoreFile = new(
        "BK3314", Warning, "The context has no .dockerignore",
        "There is no .dockerignore in {0}, so that {1} are sent and copied: {2}. Write a .dockerignore with the lines: {3}",
        "Without an ignore file the whole folder is the context; results of builds on this machine then get into the image and make "
            + "every build a new one.",
        "Create the file.");

    /// <summary>The ignore file lets build output through.</summary>
    public static readonly DiagnosticDescriptor ContextSendsOutput = new(
        "BK3315", Warning, "The context sends what it should not",
        "{0} are sent and copied: {1}. Add to {2} the lines: {3}",
        "Results of builds on this machine get into the image and make every build a new one.",
        "Add the lines to the ignore file.");

    /// <summary>A secret that BuildKit's own check (SecretsUsedInArgOrEnv) does not see.</summary>
    public static readonly DiagnosticDescriptor SecretInDockerfile = new(
        "BK3318", Warning, "The Dockerfile has a secret in it",
        "{0} looks like a secret ({1}). Whoever has the image can read it. Take it out of the Dockerfile, add <BuildKitSecret "
            + "Include=\"{2}\" EnvironmentVariable=\"{3}\" /> to the project, and read it where it is needed: RUN --mount=type=secret,id={2} "
            + "...",
        "Names and values of ARG, ENV and LABEL, and the commands of RUN, stay readable in the image's configuration and history. "
            + "BuildKit's own check looks at some names only, this one at more names and at values.",
        "Give the value as a BuildKitSecret. One that was in an image or a repository is known: have it replaced.");

    /// <summary>FROM without a digest. Off by default.</summary>
    public static readonly DiagnosticDescriptor BaseWithoutDigest = new(
        "BK3316", Warning, "The base image has no digest",
        "The base image {0} is named by a tag, which may name another image tomorrow. Write: FROM {0}@sha256:...{1}",
        "A tag moves; only a digest names the same image for ever. Off by default, because a tag brings security updates.",
        "Add the digest (`docker buildx imagetools inspect` shows it), and a tool that renews it.");

    /// <summary>The image runs as root. Off by default.</summary>
    public static readonly DiagnosticDescriptor RootUser = new(
        "BK3317", Warning, "The image runs as root",
        "The image runs as root, since no USER names another user. Write at the end of this stage: USER {0}",
        "Whoever breaks into the program is root in the container. Off by default, because the base image may name a user itself.",
        "Add the USER line, and make what the program writes to belong to that user.");

    /// <summary>COPY of something that is not there.</summary>
    public static readonly DiagnosticDescriptor CopySourceMissing = new(
        "BK3319", Warning, "COPY or ADD names a path that is not in the build context",
        "{0} names \"{1}\", but {2}: the build fails here. Correct the path, or remove the line.{3}",
        "The path is relative to the build context. A build says the same as BK3102, when it comes to the line.",
        "Correct the path, the ignore file or BuildKitContext.");

    /// <summary>Windows line ends in a script.</summary>
    public static readonly DiagnosticDescriptor CarriageReturn = new(
        "BK3320", Warning, "A script has Windows line ends",
        "{0} has Windows line ends (CRLF), and {1} takes the carriage return as part of each line. Save {2} with LF, and write \"{2} "
            + "text eol=lf\" in .gitattributes.",
        "A shell of Linux ends a line at the line feed alone.",
        "Save the file with LF; .gitattributes keeps git from changing it back.");
}
