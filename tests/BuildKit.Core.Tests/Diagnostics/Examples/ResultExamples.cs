using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;
using static BuildKit.Core.Diagnostics.ResultDiagnostics;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK5xxx.</summary>
internal static class ResultExamples
{
    private const string Reference = "registry.example.com/shop-api:1.4.0";

    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        PushDenied.At(Project, Reference, "401 Unauthorized", "registry.example.com"),
        PushFailed.At(Project, Reference, "dial tcp 203.0.113.7:443: connect: connection refused"),
        PushTls.At(Project, Reference, "server gave HTTP response to HTTPS client"),
        LoadFailed.At(Project, "error reading from server: EOF"),
        ResultMissing.At(Project, "shop-api"),
        OutputNotWritable.At(ProjectLine(9), "/srv/images/shop-api.tar.gz", "permission denied"),
        DetailsUnavailable.With("GeneratedContainerManifest", "shop-api:latest", "the engine's image store keeps none"),
        TagImmutable.At(Project, Reference, "the tag already exists and cannot be overwritten"),
        PushLimited.At(Project, Reference, "429 Too Many Requests; there is no login for it on this machine", "Try again in 40 s, at 10:31:47 "
            + "(Retry-After)."),
        PushUnreachable.At(Project, "registy.example.com/shop-api", "The registry registy.example.com was not found: its name does not resolve."),
        PushNotAsked.With("registry.cluster.internal/shop-api", "The registry registry.cluster.internal was not found: its name does not resolve."),
        NotPushedFromFork.With(Reference, "128"),
    ];
}
