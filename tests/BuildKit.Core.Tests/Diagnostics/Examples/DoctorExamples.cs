using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.DoctorDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK1040 to BK1053.</summary>
internal static class DoctorExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        BuildKitSwitchedOff.At(Project, "DOCKER_BUILDKIT=0 in the environment"),
        EmulationMissing.At(Project, "default", "linux/amd64", "linux/arm64"),
        CacheMountLimit.At(Project, "default", "2.8 GB", "\"builder\": {\"gc\": {\"defaultKeepStorage\": \"20GB\"}} in daemon.json"),
        DiskLow.At(Project, "1.9 GB", "250 GB", "the engine's data"),
        RegistryNameUnknown.At(Project, "registry.example.con", "Name or service not known"),
        RegistryUnreachable.At(Project, "registry.example.com", "connection refused"),
        PushNotAllowed.At(Project, "registry.example.com", "team/shop-api", "401 Unauthorized"),
        CacheMissing.At(Project, "registry.example.com/shop-api:buildcache"),
        CacheForbidden.At(Project, "registry.example.com/shop-api:buildcache", "403 Forbidden", "registry.example.com"),
        ClockSkew.At(Project, "the engine", 418, "behind"),
        WindowsFileSystem.At(Project, "/mnt/c"),
        RemoteEngine.At(Project, "ssh://build@server.example.com"),
        NoCacheConfigured.At(Project, "There is no registry to keep them in", "Set ContainerRegistry, or BuildKitCacheRepository"),
        CacheNotWritten.At(Project, "registry.example.com/shop-api:devcache", "400 Bad Request (manifest invalid)", "registry.example.com"),
    ];
}
