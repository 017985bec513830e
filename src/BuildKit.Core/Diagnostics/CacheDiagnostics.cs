using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK4xxx: caches. A cache is never a reason to fail.</summary>
public static class CacheDiagnostics
{
    /// <summary>The cache could not be written.</summary>
    public static readonly DiagnosticDescriptor WriteFailed = new(
        "BK4001", Warning, "The cache was not written",
        "The image is built, but its cache was not written to {0}: {1}. Check that you may push there (docker login), or set BuildKitCacheWrite=never.",
        "The registry refused the push, could not be reached, or does not take cache manifests.",
        "Log in with a user who may push, choose another BuildKitCacheRepository, or set BuildKitCacheWrite=never.");

    /// <summary>The builder has no cache export.</summary>
    public static readonly DiagnosticDescriptor BuilderCannotExport = new(
        "BK4002", Warning, "The builder cannot write this cache",
        "The builder \"{0}\" cannot write a {1} cache ({2}), so nothing will be written to {3}. Turn the containerd image store on, or set BuildKitDriver=docker-container.",
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
        "The {0} item \"{1}\" is not valid: {2}. (buildx would accept it silently.)",
        "An unknown key, a value outside its list, or a missing required key.",
        "Correct the item.");

    /// <summary>A cache write that the builder does not tolerate to fail.</summary>
    public static readonly DiagnosticDescriptor WriteEndedBuild = new(
        "BK4005", Error, "The build ended because its cache was not written",
        "The cache could not be written to {0}, and that ended the build: {1}. Check that you may push there (docker login), or set BuildKitCacheWrite=never.",
        "BuildKit tolerates a failed cache write only with ignore-error=true, and not every failure: an unknown cache type or a bad token is fatal all the same.",
        "Log in with a user who may push, choose a cache type that the builder has, or set BuildKitCacheWrite=never.");
}
