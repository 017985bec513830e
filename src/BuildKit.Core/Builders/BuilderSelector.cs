using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Builders;

/// <summary>
/// Finds the builder of a build, and makes it when it is asked for and missing. What the user selected for Docker
/// (DOCKER_HOST, contexts, BUILDX_BUILDER, <c>buildx use</c>) counts and is never changed.
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Where what is done is told.</param>
public sealed class BuilderSelector(IDockerCli cli, IReadOnlyDictionary<string, string> environment, IDiagnosticSink sink)
{
    /// <summary>The oldest engine whose BuildKit can do what we ask of it.</summary>
    public static Version OldestEngine { get; } = new(23, 0);

    /// <summary>Finds or makes the builder.</summary>
    /// <exception cref="DiagnosticException">BK1002 to BK1014: what is missing, and how to mend it.</exception>
    public async Task<Builder> SelectAsync(BuilderRequest request, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        var version = await BuildxPlugin.AskVersionAsync(cli, request.WorkingDirectory, cancellation).ConfigureAwait(false);
        var name = NameOf(request);
        var builder = name.Length == 0
            ? await EngineBuilderAsync("", endpoint, request, cancellation).ConfigureAwait(false)
            : await NamedBuilderAsync(name, endpoint, request, cancellation).ConfigureAwait(false);
        return builder with { BuildxVersion = version.ToString() };
    }

    private string NameOf(BuilderRequest request)
    {
        if (request.Name.Length > 0)
        {
            return request.Name;
        }

        if (request.Driver is not (null or BuilderDriver.Docker))
        {
            return BuilderRequest.OwnName;
        }

        if (request.Driver is BuilderDriver.Docker)
        {
            // The docker driver's own builder has the name of the Docker context.
            return EngineEndpoint.Find(environment).Context is { Length: > 0 } context ? context : "default";
        }

        return environment.GetValueOrDefault("BUILDX_BUILDER") is { Length: > 0 } named ? named : CurrentSelection();
    }

    // What "docker buildx use" left; read from its file, since asking buildx for it takes half a second.
    private string CurrentSelection()
    {
        var folder = environment.GetValueOrDefault("BUILDX_CONFIG") is { Length: > 0 } named
            ? named : Path.Combine(DockerConfigFile.FolderFor(environment), "buildx");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "current")));
            return document.RootElement.Text("Name");
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<Builder> NamedBuilderAsync(
        string name, EngineEndpoint endpoint, BuilderRequest request, CancellationToken cancellation)
    {
        if (name == "default")
        {
            return await EngineBuilderAsync(name, endpoint, request, cancellation).ConfigureAwait(false);
        }

        if (request.Driver is BuilderDriver.DockerContainer)
        {
            // A clear word about the engine before buildx fails to make a container in it.
            await CheckEngineAsync(endpoint, request, checkAge: false, cancellation).ConfigureAwait(false);
        }

        var listed = await new BuilderProvisioner(cli, sink).EnsureAsync(name, request, cancellation).ConfigureAwait(false);
        var driver = BuilderDrivers.TryParse(listed.Driver) ?? request.Driver ?? BuilderDriver.Docker;
        return driver == BuilderDriver.Docker && listed.Driver.Length == 0
            ? throw new DiagnosticException(EngineDiagnostics.BootstrapFailed.At(request.Location, name, "unknown", listed.Error))
            : new Builder
            {
                Name = name,
                Driver = driver,
                ContainerdStore = listed.Nodes.Any(node => node.ContainerdStore),
                Endpoint = listed.Nodes.Count > 0 ? listed.Nodes[0].Endpoint : "",
            };
    }

    private async Task<Builder> EngineBuilderAsync(
        string name, EngineEndpoint endpoint, BuilderRequest request, CancellationToken cancellation)
    {
        var (version, containerdStore) = await CheckEngineAsync(endpoint, request, checkAge: true, cancellation).ConfigureAwait(false);
        return new Builder
        {
            Name = name,
            Driver = BuilderDriver.Docker,
            ContainerdStore = containerdStore,
            Endpoint = endpoint.Address,
            EngineVersion = version,
        };
    }

    private async Task<(string Version, bool ContainerdStore)> CheckEngineAsync(
        EngineEndpoint endpoint, BuilderRequest request, bool checkAge, CancellationToken cancellation)
    {
        if (!endpoint.CanCall)
        {
            return await AskByCommandLineAsync(endpoint, request, cancellation).ConfigureAwait(false);
        }

        try
        {
            using var api = new EngineApi(endpoint);
            var version = await api.GetVersionAsync(cancellation).ConfigureAwait(false);
            if (version.IsPodman && checkAge)
            {
                throw new DiagnosticException(EngineDiagnostics.PodmanInsteadOfDocker.At(
                    request.Location, cli.ProgramPath, $"the engine at {endpoint.Address} is Podman {version.Version}"));
            }

            if (checkAge && Version.TryParse(version.Version.Split('-', '+', '~')[0], out var number) && number < OldestEngine)
            {
                var why = number < new Version(18, 9) ? "it has no BuildKit at all" : "its BuildKit lacks named contexts and COPY --link";
                throw new DiagnosticException(EngineDiagnostics.EngineTooOld.At(request.Location, endpoint.Address, version.Version, OldestEngine, why));
            }

            var info = await api.GetInfoAsync(cancellation).ConfigureAwait(false);
            return (version.Version, info.UsesContainerdStore);
        }
        catch (EngineException failure)
        {
            throw new DiagnosticException(failure.Kind == Engines.EngineFailure.PermissionDenied
                ? EngineDiagnostics.SocketPermissionDenied.At(request.Location, cli.ProgramPath, endpoint.Address)
                : EngineDiagnostics.EngineUnreachable.At(request.Location, cli.ProgramPath, endpoint, failure.Reason));
        }
    }

    // An engine behind ssh is reached by Docker's command line only.
    private async Task<(string Version, bool ContainerdStore)> AskByCommandLineAsync(
        EngineEndpoint endpoint, BuilderRequest request, CancellationToken cancellation)
    {
        var answer = await cli.AskAsync(request.WorkingDirectory, cancellation, "info", "--format", "{{json .}}").ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(answer.Output);
            var version = document.RootElement.Text("ServerVersion");
            if (version.Length > 0)
            {
                return (version, answer.Output.Contains("io.containerd.snapshotter", StringComparison.Ordinal));
            }
        }
        catch (JsonException)
        {
            // Falls through to the diagnostic: the text on the error stream says why.
        }

        var reason = endpoint.Problem.Length > 0 ? endpoint.Problem
            : answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no answer";
        throw new DiagnosticException(EngineDiagnostics.EngineUnreachable.At(request.Location, cli.ProgramPath, endpoint, reason));
    }
}
