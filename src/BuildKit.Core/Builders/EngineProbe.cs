using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>What an engine says about itself.</summary>
/// <param name="Version">Its version.</param>
/// <param name="ContainerdStore">Whether images lie in containerd's store.</param>
/// <param name="InsecureRegistries">Registries for which it takes plain http and any certificate.</param>
internal sealed record EngineState(string Version, bool ContainerdStore, IReadOnlyList<string> InsecureRegistries);

/// <summary>Asks the engine whether it is there, and new enough; by its API where that can be reached.</summary>
/// <param name="cli">Docker's command line.</param>
internal sealed class EngineProbe(IDockerCli cli)
{
    /// <summary>The oldest engine whose BuildKit can do what we ask of it.</summary>
    public static Version OldestEngine { get; } = new(23, 0);

    /// <summary>Asks.</summary>
    /// <param name="endpoint">Which engine.</param>
    /// <param name="checkAge">Whether its own BuildKit will be used, so that its age and make count.</param>
    /// <param name="request">Where to work, and the project for diagnostics.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DiagnosticException">BK1003, BK1004, BK1005, BK1009.</exception>
    public async Task<EngineState> AskAsync(EngineEndpoint endpoint, bool checkAge, BuilderRequest request, CancellationToken cancellation)
    {
        if (!endpoint.CanCall)
        {
            return await AskByCommandLineAsync(endpoint, checkAge, request, cancellation).ConfigureAwait(false);
        }

        try
        {
            using var api = new EngineApi(endpoint);
            var version = await api.GetVersionAsync(cancellation).ConfigureAwait(false);
            if (checkAge)
            {
                Check(version, endpoint, request);
            }

            var info = await api.GetInfoAsync(cancellation).ConfigureAwait(false);
            return new EngineState(version.Version, info.UsesContainerdStore, info.InsecureRegistries);
        }
        catch (EngineException failure)
        {
            throw new DiagnosticException(Explain(failure, endpoint, request));
        }
    }

    /// <summary>Why an engine does not answer, and what to do.</summary>
    internal Diagnostic Explain(EngineException failure, EngineEndpoint endpoint, BuilderRequest request) =>
        failure.Kind == EngineFailure.PermissionDenied
            ? EngineDiagnostics.SocketPermissionDenied.At(request.Location, cli.ProgramPath, endpoint.Address)
            : EngineDiagnostics.EngineUnreachable.At(request.Location, cli.ProgramPath, endpoint, failure.Reason + endpoint.Elsewhere);

    private void Check(EngineVersion engine, EngineEndpoint endpoint, BuilderRequest request)
    {
        var version = engine.Version;
        if (engine.IsPodman)
        {
            throw new DiagnosticException(EngineDiagnostics.PodmanInsteadOfDocker.At(
                request.Location, cli.ProgramPath, $"the engine at {endpoint.Address} is Podman {version}"));
        }

        if (Version.TryParse(version.Split('-', '+', '~')[0], out var number) && number < OldestEngine)
        {
            var why = number < new Version(18, 9) ? "it has no BuildKit at all" : "its BuildKit lacks named contexts and COPY --link";
            throw new DiagnosticException(EngineDiagnostics.EngineTooOld.At(request.Location, endpoint.Address, version, OldestEngine, why));
        }
    }

    // An engine behind ssh is reached by Docker's command line only.
    private async Task<EngineState> AskByCommandLineAsync(EngineEndpoint endpoint, bool checkAge, BuilderRequest request,
        CancellationToken cancellation)
    {
        var answer = await cli.AskAsync(request.WorkingDirectory, cancellation, "info", "--format", "{{json .}}").ConfigureAwait(false);
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(answer.Output));
        var version = document?.RootElement.Text("ServerVersion") ?? "";
        if (version.Length > 0)
        {
            if (checkAge)
            {
                var server = await cli.AskAsync(request.WorkingDirectory, cancellation, "version", "--format", "{{json .Server}}")
                    .ConfigureAwait(false);
                using var described = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(server.Output));
                Check(EngineVersion.Read(described?.RootElement ?? default) with { Version = version }, endpoint, request);
            }

            return new EngineState(version, answer.Output.Contains("io.containerd.snapshotter", StringComparison.Ordinal), []);
        }

        // What the error stream says is the reason.
        var reason = endpoint.Problem.Length > 0 ? endpoint.Problem
            : answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no answer";
        throw new DiagnosticException(EngineDiagnostics.EngineUnreachable.At(request.Location, cli.ProgramPath, endpoint, reason));
    }
}
