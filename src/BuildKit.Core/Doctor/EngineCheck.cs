using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;

namespace BuildKit.Core.Doctor;

/// <summary>Does the engine answer, is it new enough, and where is it? BK1003, BK1004, BK1005, BK1009, BK1051.</summary>
internal sealed class EngineCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellation)
    {
        var choice = BuilderChoice.Of(scene.Request, scene.Environment);
        if (scene.Cli is null || choice.Driver is BuilderDriver.Remote or BuilderDriver.Kubernetes)
        {
            // Those builders need no engine here.
            return [];
        }

        var endpoint = scene.Endpoint;
        var findings = new List<DoctorFinding>();
        try
        {
            var state = await new EngineProbe(scene.Cli)
                .AskAsync(endpoint, checkAge: choice.Driver != BuilderDriver.DockerContainer, scene.Request, cancellation).ConfigureAwait(false);
            var rootless = "";
            if (endpoint.CanCall)
            {
                using var api = new EngineApi(endpoint);
                scene.Engine = await api.GetInfoAsync(cancellation).ConfigureAwait(false);
                rootless = scene.Engine.IsRootless ? ", rootless" : "";
            }

            findings.Add(new DoctorFinding("engine",
                $"version {state.Version} at {endpoint} ({(state.ContainerdStore ? "containerd image store" : "graph-driver image store")}{rootless})"));
        }
        catch (Exception failure) when (failure is DiagnosticException or EngineException)
        {
            scene.EngineFails = true;
            findings.AddRange(failure is DiagnosticException known
                ? known.Diagnostics.Select(diagnostic => DoctorFinding.Of("engine", diagnostic))
                : [DoctorFinding.Of("engine", EngineDiagnostics.EngineUnreachable.With(scene.Cli.ProgramPath, endpoint, failure.Message))]);
        }

        if (IsElsewhere(endpoint))
        {
            findings.Add(DoctorFinding.Of("engine", DoctorDiagnostics.RemoteEngine.With(endpoint)));
        }

        return findings;
    }

    private static bool IsElsewhere(EngineEndpoint endpoint) => endpoint.Kind == EngineEndpointKind.Ssh
        || (endpoint.Kind == EngineEndpointKind.Tcp && Uri.TryCreate(endpoint.Address, UriKind.Absolute, out var uri) && !uri.IsLoopback);
}
