using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;

namespace BuildKit.Core.Doctor;

/// <summary>Does the engine answer, is it new enough, and where is it? BK1003, BK1004, BK1005, BK1009, BK1051.</summary>
internal sealed class EngineCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var choice = BuilderChoice.Of(input.Request, input.Environment);
        if (input.Cli is null || choice.Driver is BuilderDriver.Remote or BuilderDriver.Kubernetes)
        {
            // Those builders need no engine here.
            return [];
        }

        var endpoint = input.Endpoint;
        var findings = new List<DoctorFinding>();
        try
        {
            var state = await new EngineProbe(input.Cli)
                .AskAsync(endpoint, checkAge: choice.Driver != BuilderDriver.DockerContainer, input.Request, cancellation).ConfigureAwait(false);
            var rootless = "";
            if (endpoint.CanCall)
            {
                using var api = new EngineApi(endpoint);
                input.Engine = await api.GetInfoAsync(cancellation).ConfigureAwait(false);
                rootless = input.Engine.IsRootless ? ", rootless" : "";
            }

            var store = state.ContainerdStore ? "containerd image store" : "graph-driver image store";
            findings.Add(new DoctorFinding("engine", $"version {state.Version} at {endpoint} ({store}{rootless})"));
        }
        catch (Exception failure) when (failure is DiagnosticException or EngineException)
        {
            input.EngineFails = true;
            findings.AddRange(failure is DiagnosticException known
                ? known.Diagnostics.Select(diagnostic => DoctorFinding.Of("engine", diagnostic))
                : [DoctorFinding.Of("engine", EngineDiagnostics.EngineUnreachable.With(input.Cli.ProgramPath, endpoint, failure.Message))]);
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
