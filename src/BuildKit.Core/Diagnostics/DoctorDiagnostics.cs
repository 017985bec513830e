using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK1040 to BK1053: what only BuildKitDoctor looks for. Troubles that a build meets too have the build's codes.</summary>
internal static class DoctorDiagnostics
{
    /// <summary>BuildKit is switched off.</summary>
    public static readonly DiagnosticDescriptor BuildKitSwitchedOff = new(
        "BK1040", Warning, "BuildKit is switched off here",
        "{0} switches BuildKit off for \"docker build\". Builds of this package use BuildKit all the same; remove it so that other builds do too.",
        "DOCKER_BUILDKIT=0 in the environment, or \"features\": {\"buildkit\": false} in daemon.json or in Docker's config.json.",
        "Remove the setting.");

    /// <summary>No emulation for a platform.</summary>
    public static readonly DiagnosticDescriptor EmulationMissing = new(
        "BK1041", Warning, "Steps for another platform cannot run",
        "The builder \"{0}\" runs {1}; RUN steps for {2} fail with \"exec format error\". Install emulation (\"docker run --privileged "
            + "--rm tonistiigi/binfmt --install all\"), or add a node of that platform (BuildKitNode).",
        "The project builds for a platform that neither a node of the builder nor an emulator (binfmt_misc) on its machine can run.",
        "Install QEMU's binfmt handlers on the builder's machine, or add a native node.");

    /// <summary>Cache mounts are evicted early.</summary>
    public static readonly DiagnosticDescriptor CacheMountLimit = new(
        "BK1042", Warning, "Cache mounts are dropped early",
        "The builder \"{0}\" keeps {1} of cache mounts and local sources together, and drops the rest after each build. Package caches "
            + "of several projects do not fit; raise it ({2}).",
        "BuildKit's default rule for garbage collection keeps little of cache mounts, local sources and git checkouts.",
        "In daemon.json: \"builder\": {\"gc\": {\"enabled\": true, \"policy\": […]}}; for a builder of ours a [[worker.oci.gcpolicy]] "
            + "in BuildKitBuilderConfigFile.");

    /// <summary>Little space left.</summary>
    public static readonly DiagnosticDescriptor DiskLow = new(
        "BK1043", Warning, "Little space is left",
        "{0} of {1} are free on the disk of {2}. Free some (\"docker buildx prune\", \"docker image prune\").",
        "The engine's or the project's disk is nearly full.",
        "Free space, or move the engine's data.");

    /// <summary>A registry's name is not known.</summary>
    public static readonly DiagnosticDescriptor RegistryNameUnknown = new(
        "BK1044", Error, "The registry's name is not known",
        "The name of the registry {0} cannot be resolved: {1}. Check its spelling, the network and the DNS of this machine.",
        "DNS does not know the host.",
        "Correct the name, or join the network (VPN) that knows it.");

    /// <summary>A registry cannot be reached.</summary>
    public static readonly DiagnosticDescriptor RegistryUnreachable = new(
        "BK1045", Error, "The registry does not answer",
        "The registry {0} does not answer: {1}. Check the network, a proxy (HTTPS_PROXY, NO_PROXY), and the registry itself.",
        "No connection, a timeout, or a certificate that is not trusted.",
        "Repair the connection to the registry; a certificate of a company's authority goes to the system's store, or to "
            + "/etc/docker/certs.d/HOST/ca.crt.");

    /// <summary>No push possible.</summary>
    public static readonly DiagnosticDescriptor PushNotAllowed = new(
        "BK1046", Error, "A push would be refused",
        "{0} would refuse a push to {1}: {2}. Sign in (\"docker login {0}\") as someone who may push there.",
        "There are no credentials for the registry, or those of someone who may only read.",
        "`docker login`, or ask for the right to push.");

    /// <summary>A cache reference is not there.</summary>
    public static readonly DiagnosticDescriptor CacheMissing = new(
        "BK1047", Warning, "There is no cache to read",
        "The cache {0} does not exist yet, so a fresh machine builds everything. A build that pushes writes it; see "
            + "BuildKitCacheProfile and BuildKitCacheWrite.",
        "No build has written the cache, or it is written under another name.",
        "Run a build that pushes with this profile, or correct BuildKitCacheRepository and the tags.");

    /// <summary>A cache may not be read.</summary>
    public static readonly DiagnosticDescriptor CacheForbidden = new(
        "BK1048", Warning, "The cache may not be read",
        "The cache {0} may not be read: {1}. Sign in (\"docker login {2}\").",
        "The registry does not let these credentials read the cache.",
        "`docker login` as someone who may read it.");

    /// <summary>Clocks differ.</summary>
    public static readonly DiagnosticDescriptor ClockSkew = new(
        "BK1049", Warning, "The clocks differ",
        "The clock of {0} is {1} seconds {2} this machine's. Certificates and tokens fail over that; set the clocks (NTP).",
        "A virtual machine that slept, or no time service.",
        "Set the clock; restart Docker Desktop or run `hwclock -s` in WSL.");

    /// <summary>WSL.</summary>
    public static readonly DiagnosticDescriptor WindowsFileSystem = new(
        "BK1050", Warning, "The project lies on the Windows side of WSL",
        "The project lies under {0}, which WSL reaches over a network protocol: reading the build context is many times slower. Move it"
            + " into the Linux file system.",
        "Files under /mnt/c and its like are Windows' own.",
        "Clone the repository below your Linux home folder.");

    /// <summary>A remote engine.</summary>
    public static readonly DiagnosticDescriptor RemoteEngine = new(
        "BK1051", Warning, "The engine is on another machine",
        "The engine is at {0}: build contexts go over the network, ports of containers are open there, and \"localhost\" in image names"
            + " means that machine.",
        "DOCKER_HOST or the current Docker context points at another machine.",
        "Nothing, if that is meant; else `docker context use default`, or unset DOCKER_HOST.");

    /// <summary>No caches can be written or none are configured.</summary>
    public static readonly DiagnosticDescriptor NoCacheConfigured = new(
        "BK1052", Warning, "No cache outside the engine is in use",
        "{0}, so every other machine builds from nothing. {1}.",
        "Registry caches need a registry, and a cache type that is not None.",
        "Set the properties that the message names.");

    /// <summary>The last build did not write its cache.</summary>
    public static readonly DiagnosticDescriptor CacheNotWritten = new(
        "BK1053", Warning, "The last build could not write its cache",
        "The last build that tried could not write the cache {0}: {1}. Check that you may push there (\"docker login {2}\") and that "
            + "the registry takes caches; else set BuildKitCacheRepository to another one, or BuildKitCacheType=Inline.",
        "The registry refused the cache: no right to push, a tag that must not change, or a form of manifest that it does not take.",
        "Log in with a user who may push, set `BuildKitCacheRepository` to a registry that takes caches, or `BuildKitCacheType=Inline`.");
}
