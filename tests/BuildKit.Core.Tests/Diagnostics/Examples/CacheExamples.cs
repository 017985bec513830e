using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.CacheDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK4xxx and BK7xxx.</summary>
internal static class CacheExamples
{
    private const string Reference = "registry.example.com/shop-api:devcache";

    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        WriteFailed.At(Project, Reference, "401 Unauthorized"),
        BuilderCannotExport.At(Project, "default", "registry", "docker driver without the containerd image store", Reference),
        NotRead.With(Reference, "it does not exist"),
        InvalidCache.At(ProjectLine(14), "BuildKitCacheTo", "gha", "Mode is \"maximum\", but it takes min or max"),
        WriteEndedBuild.At(Project, Reference, "401 Unauthorized"),
        BuilderCannotImport.At(ProjectLine(14), "default", "s3", "docker driver", "s3 bucket caches"),
        GitHubTokenMissing.At(ProjectLine(14)),
        NothingMatched.At(Project, 3, "shop-api", Reference),
        WriteNotTried.With(Reference, "403 Forbidden"),
        NotSwapped.At(Project, "/var/cache/shop-api", "Permission denied"),
        FormRefused.At(Project, Reference, "400 Bad Request"),
        RegistrySilent.At(Project, "registry.example.com", Reference),
        PruningDiagnostics.DeletionNotAllowed.At(Project, "registry.example.com", "registry.example.com/shop-api:buildcache-login"),
        PruningDiagnostics.StillUsed.With("registry.example.com/shop-api:buildcache-login", "buildcache"),
        PruningDiagnostics.RegistryFailed.At(Project, "registry.example.com/shop-api", "The registry answers 401 Unauthorized."),
        PruningDiagnostics.NoRegistry.With("Shop.Api"),
    ];
}
