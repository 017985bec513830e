using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;
using static BuildKit.Core.Diagnostics.MachineDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK106x.</summary>
internal static class MachineExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        FileUnusable.At(Project, "DockerBuildxBuild",
            "Read-only file system : '/src/Shop.Api/obj/Release/net10.0/buildkit/shop-api.session-1c2f09ab.metadata.json'"),
        NoRoom.On(HostSystem.Linux, Project, "DockerBuildxBuild",
            "No space left on device : '/src/Shop.Api/obj/Release/net10.0/buildkit/shop-api.context/application/Shop.Api.dll'"),
        NetworkFailed.At(Project, "EnsureBuildKit", "The SSL connection could not be established (Connection reset by peer)"),
        FormUnreadable.At(Project, "FinishBake", "'<' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0"),
        NotRemembered.With("shop-api", "No space left on device : '/src/Shop.Api/obj/Release/net10.0/buildkit/shop-api.record.json'"),
    ];
}
