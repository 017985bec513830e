using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK1070 to BK1073: somebody takes a question and does not answer.</summary>
internal static class WaitDiagnostics
{
    /// <summary>A registry that takes connections and says nothing.</summary>
    public static readonly DiagnosticDescriptor RegistrySilent = new(
        "BK1070", Error, "The builder waited for a registry without end",
        "The build was ended after {0} without progress: {1}. Check that server, or set BuildKitStallTimeout to allow more. If the next"
            + " build begins no step, restart the engine or the builder's container: BuildKit goes on waiting when a build is ended.",
        "A registry, a token server or another server took a connection and never answered. BuildKit has no limit for that; "
            + "BuildKitStallTimeout sets one (10 minutes; six times that while layers are pushed and the registry answers other questions).",
        "Check the server that the message names. To free an engine that begins no step any more: restart it (`systemctl restart "
            + "docker`, or in Docker Desktop), or for a builder of your own `docker restart buildx_buildkit_<name>0`.");

    /// <summary>A builder that begins nothing.</summary>
    public static readonly DiagnosticDescriptor BuilderStuck = new(
        "BK1071", Error, "The builder begins no step",
        "The build was ended after {0} without progress: {1}. An earlier build may still wait there for a registry that does not answer."
            + " Restart the engine (for a builder of your own: docker restart buildx_buildkit_<name>0), then build again.",
        "BuildKit takes the build and runs nothing: an earlier build that was ended while it read a cache from a silent registry blocks"
            + " all others until that server closes, or the builder runs as many steps of others as it may.",
        "Restart the engine or the builder's container. A builder with `max-parallelism` may need a larger BuildKitStallTimeout.");

    /// <summary>An engine that stopped answering.</summary>
    public static readonly DiagnosticDescriptor EngineSilent = new(
        "BK1072", Error, "The engine stopped answering during the build",
        "The build was ended after {0} without progress: {1}. See whether the engine's process hangs or its machine is out of memory, "
            + "restart it, then build again.",
        "The engine takes connections and answers nothing: it is stopped, or its machine is out of memory or disk.",
        "Restart the engine.");

    /// <summary>A command of Docker's that does not end.</summary>
    public static readonly DiagnosticDescriptor CommandSilent = new(
        "BK1073", Error, "A command of Docker's did not end",
        "The command \"{0}\" was ended after {1} in which it said nothing. Run it yourself to see what it waits for, or set "
            + "BuildKitStallTimeout to allow more.",
        "Docker's command line waits for an engine, a cluster or a registry that does not answer.",
        "Run the command that the message names; check the builder's endpoint and network.");
}
