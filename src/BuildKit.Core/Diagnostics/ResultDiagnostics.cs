using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK5xxx: what becomes of the built image.</summary>
internal static class ResultDiagnostics
{
    /// <summary>The registry refused the push.</summary>
    public static readonly DiagnosticDescriptor PushDenied = new(
        "BK5001", Error, "The registry refuses the push",
        "The registry refuses to take {0} ({1}). Log in with a user who may push there: docker login {2}",
        "No login, or a login without the right to push.",
        "`docker login`, or ask for the right to push.");

    /// <summary>The push failed on its way.</summary>
    public static readonly DiagnosticDescriptor PushFailed = new(
        "BK5002", Error, "The push failed",
        "The image was built but could not be pushed to {0}: {1}. Check the registry's name and that it runs, then build again (what is"
            + " built is kept).",
        "The registry could not be reached or broke the connection.",
        "Check the network and the registry; build again.");

    /// <summary>http where https is expected, or the other way.</summary>
    public static readonly DiagnosticDescriptor PushTls = new(
        "BK5003", Error, "The registry's TLS is not as expected",
        "The registry of {0} does not speak TLS as the builder expects ({1}). For a registry without TLS, add it to "
            + "\"insecure-registries\" in the engine's daemon.json; for a private certificate authority, install its certificate there.",
        "A plain http registry that the engine does not list as insecure, or a certificate it does not trust.",
        "Change the engine's configuration, or use a registry with a trusted certificate.");

    /// <summary>The image could not be loaded into the engine.</summary>
    public static readonly DiagnosticDescriptor LoadFailed = new(
        "BK5004", Error, "The image could not be loaded",
        "The image was built but could not be loaded into the engine: {0}. Check that the engine runs.",
        "The engine refused the archive, or went away.",
        "Check the engine; build again.");

    /// <summary>The build ended well but left no result.</summary>
    public static readonly DiagnosticDescriptor ResultMissing = new(
        "BK5005", Error, "The build left no result",
        "buildx ended without an error, but its metadata file names no digest for {0}. Update buildx; if that does not help, report it.",
        "The metadata file was not written or has no containerimage.digest.",
        "Update buildx.");

    /// <summary>An archive or folder cannot be written.</summary>
    public static readonly DiagnosticDescriptor OutputNotWritable = new(
        "BK5006", Error, "An output cannot be written",
        "The output \"{0}\" cannot be written: {1}. Correct the path or its permissions; nothing was left there.",
        "The folder does not exist and cannot be made, may not be written, or a file stands in its place.",
        "Correct the path.");

    /// <summary>Facts of the result that this engine does not give.</summary>
    public static readonly DiagnosticDescriptor DetailsUnavailable = new(
        "BK5007", Message, "Some results are not available",
        "{0} is empty for {1}: {2}. Push the image, or turn the containerd image store on, to have it.",
        "The graph-driver image store keeps no manifest, and an archive is in no registry.",
        "Push the image, or turn the containerd image store on.");

    /// <summary>The registry does not let a tag be moved.</summary>
    public static readonly DiagnosticDescriptor TagImmutable = new(
        "BK5008", Error, "The tag must not be changed",
        "The registry does not let the tag of {0} be changed ({1}). Push with a new tag, or allow the repository's tags to be moved.",
        "The repository has immutable tags, and this one exists.",
        "Set ContainerImageTag to a tag of its own for each version.");

    /// <summary>The registry limits requests.</summary>
    public static readonly DiagnosticDescriptor PushLimited = new(
        "BK5009", Error, "The registry limits how often it is asked",
        "The registry took no more requests for {0} ({1}). {2} What is built is kept, so the next build only pushes.",
        "The registry counts requests of a user or an address (429 Too Many Requests), and the limit is reached.",
        "Wait as long as the message says. Registries that count anonymous requests allow more after `docker login`.");

    /// <summary>Nobody reaches the registry.</summary>
    public static readonly DiagnosticDescriptor PushUnreachable = new(
        "BK5010", Error, "The registry cannot be reached",
        "Nothing is built, because {0} could not be pushed: {1} The engine does not reach it either. Check the registry's name in "
            + "ContainerRegistry, the network and that the registry runs.",
        "Before a build that pushes to a new repository the registry is asked once, by this machine and by the engine, and its name does "
            + "not resolve or nobody listens there.",
        "Correct ContainerRegistry, or see to the network, the VPN or the registry.");

    /// <summary>The registry could not be asked from here.</summary>
    public static readonly DiagnosticDescriptor PushNotAsked = new(
        "BK5021", Message, "The registry could not be asked before the build",
        "Whether {0} can be pushed is not known: {1} The build goes on, since the builder may reach it.",
        "This machine does not reach the registry, or it did not answer in time. A builder on another machine or network may.",
        "Nothing, when the push succeeds; else check the registry's name and the network.")
    {
        ShownByDefault = true,
    };

    /// <summary>A fork's pull request is loaded instead of pushed.</summary>
    public static readonly DiagnosticDescriptor NotPushedFromFork = new(
        "BK5020", Message, "Not pushed, because the pull request comes from a fork",
        "{0} is loaded into the engine and not pushed, because pull request {1} comes from a fork. BuildKitPush=true pushes all the same.",
        "Pull requests from forks build code of people who may not push.",
        "Nothing, or BuildKitPush=true where forks are trusted.");
}
