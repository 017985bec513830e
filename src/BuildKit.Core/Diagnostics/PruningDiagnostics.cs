using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK7xxx: listing and removing caches.</summary>
public static class PruningDiagnostics
{
    /// <summary>The registry deletes nothing.</summary>
    public static readonly DiagnosticDescriptor DeletionNotAllowed = new(
        "BK7001", Warning, "The registry does not allow deletion",
        "The registry {0} does not delete manifests, so {1} and the others stay. Switch deletion on there (registry:2: "
            + "REGISTRY_STORAGE_DELETE_ENABLED=true), or use its own retention rules.",
        "Deletion is switched off in the registry, or it has no such request.",
        "Switch deletion on in the registry, or use the retention rules it has.");

    /// <summary>A kept tag uses the manifest.</summary>
    public static readonly DiagnosticDescriptor StillUsed = new(
        "BK7002", Message, "A cache stays, because another tag uses it",
        "{0} stays: the tag \"{1}\", which is kept, names the same manifest.",
        "Deleting a manifest deletes every tag that names it.",
        "Nothing, or remove the other tag too.");

    /// <summary>The registry gave an error.</summary>
    public static readonly DiagnosticDescriptor RegistryFailed = new(
        "BK7003", Error, "The caches could not be listed or removed",
        "The caches of {0} could not be listed or removed: {1} Check the login (docker login) and the registry.",
        "The registry could not be reached, refused the request, or failed.",
        "Log in with a user who may delete; try again when the registry works.");

    /// <summary>Nothing to prune in.</summary>
    public static readonly DiagnosticDescriptor NoRegistry = new(
        "BK7004", Message, "There is no registry with caches",
        "{0} has no registry, so there are no caches to list. Set ContainerRegistry or BuildKitCacheRepository.",
        "Caches lie in a registry, and the project names none.",
        "Set ContainerRegistry or BuildKitCacheRepository.");
}
