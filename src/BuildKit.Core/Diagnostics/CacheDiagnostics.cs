using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK4xxx: caches. A cache is never a reason to fail.</summary>
internal static class CacheDiagnostics
{
    /// <summary>The cache could not be written.</summary>
    public static readonly DiagnosticDescriptor WriteFailed = new(
        "BK4001", Warning, "The cache was not written",
        "The image is built, but its cache was not written to {0}: {1}. Check that you may push there (docker login), or set "
            + "BuildKitCacheWrite=never.",
        "The registry refused the push, could not be reached, or does not take cache manifests.",
        "Log in with a user who may push, choose another BuildKitCacheRepository, or set BuildKitCacheWrite=never.");

    /// <summary>The builder has no cache export.</summary>
    public static readonly DiagnosticDescriptor BuilderCannotExport = new(
        "BK4002", Warning, "The builder cannot write this cache",
        "The builder \"{0}\" cannot write a {1} cache ({2}), so nothing will be written to {3}. Turn the containerd image store on, or "
            + "set BuildKitDriver=docker-container.",
        "The docker driver without the containerd image store exports inline caches only.",
        "Turn the containerd image store on in the engine, or set BuildKitDriver=docker-container.");

    /// <summary>A cache reference is missing or may not be read.</summary>
    public static readonly DiagnosticDescriptor NotRead = new(
        "BK4003", Message, "A cache was not there",
        "No cache was read from {0}: {1}.",
        "The reference does not exist yet, may not be read, or its registry is down.",
        "Nothing, when it is the first build; otherwise check the name and the login.");

    /// <summary>A cache item that BuildKit would not understand.</summary>
    public static readonly DiagnosticDescriptor InvalidCache = new(
        "BK4004", Error, "A cache is not described well",
        "The {0} item \"{1}\" is not valid: {2}. Correct the item. (buildx would go on without this cache and say nothing.)",
        "An unknown key, a value outside its list, or a missing required key.",
        "Correct the item.");

    /// <summary>A cache write that the builder does not tolerate to fail.</summary>
    public static readonly DiagnosticDescriptor WriteEndedBuild = new(
        "BK4005", Error, "The build ended because its cache was not written",
        "The cache could not be written to {0}, and that ended the build: {1}. Check that you may push there (docker login), or set "
            + "BuildKitCacheWrite=never.",
        "BuildKit tolerates a failed cache write only with ignore-error=true, and not every failure: an unknown cache type or a bad "
            + "token is fatal all the same.",
        "Log in with a user who may push, choose a cache type that the builder has, or set BuildKitCacheWrite=never.");

    /// <summary>The builder does not know a cache that is to be read.</summary>
    public static readonly DiagnosticDescriptor BuilderCannotImport = new(
        "BK4006", Warning, "The builder cannot read this cache",
        "The builder \"{0}\" cannot read a {1} cache ({2}), so nothing will be read from {3}. Set BuildKitDriver=docker-container.",
        "The BuildKit inside Docker's engine has no s3 and azblob caches.",
        "Set BuildKitDriver=docker-container, or use a registry cache.");

    /// <summary>GitHub's cache is off in a step that runs a command.</summary>
    public static readonly DiagnosticDescriptor GitHubTokenMissing = new(
        "BK4007", Warning, "GitHub's cache cannot be reached from this step",
        "The gha cache is left out: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set, because GitHub gives them to actions and"
            + " not to \"run:\" steps. Add a step \"uses: crazy-max/ghaction-github-runtime@v3\" before this one. (buildx would go on without"
            + " the cache and say nothing.)",
        "GitHub gives the token of its cache to actions only, and a `run:` step is none.",
        "Add a step with `uses: crazy-max/ghaction-github-runtime@v3` before the one that builds, or use a registry cache.");

    /// <summary>A cache that never helps.</summary>
    public static readonly DiagnosticDescriptor NothingMatched = new(
        "BK4008", Warning, "The cache is read, but nothing in it matches",
        "The last {0} builds of {1} read a cache ({2}) and found no step in it. Check that the same Dockerfile, build arguments and "
            + "platform write it, and that an early step (for example COPY of all files, or a build argument with a time in it) does not "
            + "change each time.",
        "An early step changes in each build, or the cache is of another image, platform or argument.",
        "Copy project files and restore before the rest is copied; move changing arguments down; or set BuildKitCacheType=None.");

    /// <summary>A cache was refused before and is not tried again.</summary>
    public static readonly DiagnosticDescriptor WriteNotTried = new(
        "BK4009", Message, "The cache is not written, because that was refused before",
        "Nothing is written to {0}: the registry refused it in an earlier build ({1}). BuildKitForce=true tries again.",
        "An earlier build was not allowed to write the cache, or the tag must not be changed.",
        "Log in with a user who may push, or set BuildKitForce=true once.");

    /// <summary>A written local cache could not be put in its place.</summary>
    public static readonly DiagnosticDescriptor NotSwapped = new(
        "BK4010", Warning, "The local cache was not replaced",
        "The new cache was written, but could not take the place of {0}: {1}. The old one stays. Close what has it open, or check its permissions.",
        "Another program has the folder open, or it must not be written.",
        "Check the folder's permissions.");

    /// <summary>A registry that does not take manifests of caches.</summary>
    public static readonly DiagnosticDescriptor FormRefused = new(
        "BK4011", Warning, "The registry does not take caches in this form",
        "The image is built, but its cache was not written to {0}: the registry refuses its manifest ({1}). Keep caches in another "
            + "registry (BuildKitCacheRepository), set BuildKitCacheType=Inline, or try the older form: <BuildKitCacheTo Include=\"{0}\" "
            + "Mode=\"max\" ImageManifest=\"false\" />.",
        "Some registries (among them older ECR, Nexus and Artifactory) take neither cache manifests nor cache indexes, or only one of them.",
        "Set `BuildKitCacheRepository` to another registry, `BuildKitCacheType=Inline`, or write the cache by an item with "
            + "`ImageManifest=\"false\"`.");

    /// <summary>The registry of a cache does not answer.</summary>
    public static readonly DiagnosticDescriptor RegistrySilent = new(
        "BK4013", Warning, "A cache is left out, because its registry does not answer",
        "The registry {0} takes connections and does not answer, so this build goes without its caches: {1}. Check the registry, or set "
            + "BuildKitCacheRepository to another one. (BuildKit would wait for it without end.)",
        "The registry, its token server or a proxy before it hangs. BuildKitRegistryTimeout sets how long a question may take (30 seconds).",
        "Check the registry; until it answers, set BuildKitCacheType=None, or BuildKitCacheRepository to another registry.");
}
