using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.BuilderDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK1021 to BK1033.</summary>
internal static class BuilderExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        RemoteUnreachable.At(ProjectLine(9), "team", "tcp://buildkit.example.com:1234", "connection refused"),
        BuildTimedOut.At(Project, "shop-api", "10 min 0 s", "[build 5/6] RUN npm ci"),
        CertificateMissing.At(ProjectLine(12), "farm", "certs/ca.pem", "cacert", "does not exist"),
        CertificateExpired.At(ProjectLine(12), "farm", "tcp://amd.example.com:1234", "this machine's certificate certs/me.pem", "2025-11-01 00:00",
            "2026-11-01 00:00", "2026-11-24 11:30"),
        CertificateNotTrusted.At(ProjectLine(12), "farm", "tcp://amd.example.com:1234", "it is made out to buildkit.internal"),
        ClientCertificateRefused.At(ProjectLine(12), "farm", "tcp://amd.example.com:1234",
            "no client certificate was given (the connection was closed)"),
        KubeconfigMissing.At(ProjectLine(9), "cluster", "/home/me/.kube/config"),
        KubeconfigInvalid.At(ProjectLine(9), "cluster", "/home/me/.kube/config", "line 3: found a tab where a blank must be"),
        KubeconfigContext.At(ProjectLine(9), "cluster", "/home/me/.kube/config", "no context is selected", "staging, production"),
        NodeInvalid.At(ProjectLine(12), "BuildKitNode", "amd",
            "the remote driver has no option \"memory\"; it has cacert, cert, key, servername, default-load"),
        RegistryOfEngine.At(ProjectLine(12), "default", "\"insecure-registries\": [\"registry.local:5000\"]"),
        MovedToOwnBuilder.With("default", "docker driver without the containerd image store", "an image for several platforms", "buildkit-tasks"),
        TimeNotAccepted.At(ProjectLine(9), "BuildKitTimeout", "10 minutes"),
        LockHeld.At(Project, "/home/ci/.local/share/buildkit-tasks/builders.lock", "the build of Shop.Api.csproj (process 4711, since 10:31:07)",
            "10 minutes"),
        LockUnavailable.At(Project, "builders", "/home/ci/.local/share/buildkit-tasks belongs to another user; /tmp/buildkit-tasks-ci is a link"),
    ];
}
