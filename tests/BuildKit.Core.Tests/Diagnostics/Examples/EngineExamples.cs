using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;
using static BuildKit.Core.Diagnostics.EngineDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK1000 to BK1020, BK1060 to BK1065, BK1099 and BK9001.</summary>
internal static class EngineExamples
{
    private const string Unpullable =
        "pulling image moby/buildkit:buildx-stable-1: Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host";

    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        MSBuildTooOld.At(Project, "17.14.8"),
        CliNotFound.On(HostSystem.Linux, Project),
        BuildxMissing.On(HostSystem.Linux, Project, "/usr/bin/docker"),
        EngineUnreachable.On(HostSystem.Linux, Project, "/usr/bin/docker", "unix:///var/run/docker.sock", "no such file or directory"),
        SocketPermissionDenied.On(HostSystem.Linux, Project, "/usr/bin/docker", "unix:///var/run/docker.sock"),
        EngineTooOld.At(Project, "unix:///var/run/docker.sock", "20.10.24", "23.0", "named contexts and COPY --link"),
        BuildxTooOld.At(Project, "0.11.2", "0.13"),
        BuilderMissing.At(ProjectLine(9), "team", "default, buildkit-tasks"),
        BootstrapFailed.At(Project, "buildkit-tasks", "docker-container", Unpullable, StartRemedy("buildkit-tasks", Unpullable, removed: true)),
        PodmanInsteadOfDocker.At(Project, "/usr/bin/docker", "podman version 4.9.3"),
        BuilderDiffers.At(ProjectLine(9), "team", "its driver is docker-container and not kubernetes"),
        BuilderCannot.At(Project, "default", "docker driver without the containerd image store", "an image for several platforms",
            "Turn the containerd image store on in the engine, or set BuildKitDriver=docker-container."),
        EngineNetworkFault.At(Project, "adding interface vethc7a1e to bridge docker0 failed: Device does not exist"),
        DiskFull.At(Project, "write /var/lib/docker/tmp/blob: no space left on device"),
        BuildCacheDamaged.At(Project, "failed to stat active key during commit: snapshot ryzcea2b1niv does not exist: not found"),
        BuilderCreationFailed.At(ProjectLine(9), "buildkit-tasks", "docker-container", "invalid driver option memmory for docker-container driver"),
        EngineGone.At(Project, "error reading from server: EOF"),
        OutOfMemory.At(Dockerfile(14), "RUN npm run build in stage \"build\", exit code 137"),
        BuildStopped.At(Project, "context canceled"),
        CommandLineRefused.At(Project, "unknown flag: --annotation"),
        CommandLineTooLong.At(Project, "34,201", "Windows takes 32,767 for a whole command", "org.example.notes=...", "9,120"),
        SkippedWithoutEngine.With("Shop.Api", "Docker's command line is missing"),
        WaitDiagnostics.RegistrySilent.At(Project, "10 min 0 s", "the builder waits for registry.example.com (exporting to image: pushing manifest "
            + "for registry.example.com/shop-api:latest)"),
        WaitDiagnostics.BuilderStuck.At(Project, "10 min 0 s", "the builder \"default\" begins no step"),
        WaitDiagnostics.EngineSilent.At(Project, "10 min 0 s", "the engine at unix:///var/run/docker.sock does not answer"),
        WaitDiagnostics.CommandSilent.At(Project, "docker buildx inspect", "10 min"),
        CredentialHelperFailed.At(Project, "registry.example.com", "docker-credential-company is not on PATH"),
        TokenServerFault.At(Project, "failed to decode token response: invalid character '<' looking for beginning of value"),
        EngineError.At(Project, "failed to solve: lease does not exist"),
        InternalDiagnostics.Unexpected.At(Project, "InvalidOperationException", "Sequence contains no elements"),
    ];
}
