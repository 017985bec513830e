using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>
/// Finds the builder of a build, and makes it when it is asked for and missing. What the user selected for Docker
/// (DOCKER_HOST, contexts, BUILDX_BUILDER, <c>buildx use</c>) counts and is never changed.
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Receives what is done.</param>
internal sealed class BuilderSelector(IDockerCli cli, BuildEnvironment environment, IDiagnosticSink sink)
{
    /// <summary>The oldest engine whose BuildKit can do what we ask of it.</summary>
    public static Version OldestEngine => EngineProbe.OldestEngine;

    /// <summary>Finds or makes the builder.</summary>
    /// <exception cref="DiagnosticException">BK1002 to BK1030: what is missing, and how to fix it.</exception>
    public async Task<Builder> SelectAsync(BuilderRequest request, CancellationToken cancellation)
    {
        var plugin = new BuildxPlugin(cli, environment);
        var version = await plugin.AskVersionAsync(request.WorkingDirectory, cancellation).ConfigureAwait(false);
        var choice = BuilderChoice.Of(request, environment);
        var builder = choice.Name is "" or "default" && choice.Driver is null or BuilderDriver.Docker
            ? await EngineBuilderAsync(choice.Name, request, cancellation).ConfigureAwait(false)
            : await NamedBuilderAsync(choice.Name, choice.Driver, request, cancellation).ConfigureAwait(false);
        var missing = request.Needs.Where(need => !builder.Features.Can(need)).ToList();
        if (missing.Count > 0 && choice.LeftToUs)
        {
            sink.Report(BuilderDiagnostics.MovedToOwnBuilder.At(request.Location,
                builder.DisplayName, builder.Kind, string.Join(" or ", missing.Select(need => need.InWords())), BuilderRequest.OwnName));
            builder = await NamedBuilderAsync(BuilderRequest.OwnName, BuilderDriver.DockerContainer, request, cancellation).ConfigureAwait(false);
        }

        BuilderNeeds.Check(request.Needs, builder, request.Location);
        return builder with
        { BuildxVersion = version.ToString(), BuildxPath = await plugin.FindAsync(request.WorkingDirectory, cancellation).ConfigureAwait(false) };
    }

    private async Task<Builder> NamedBuilderAsync(
        string name, BuilderDriver? driver, BuilderRequest request, CancellationToken cancellation)
    {
        var definition = driver is null or BuilderDriver.Docker ? null : new BuilderDefinitionReader(request).Read(name, driver.Value);
        switch (driver)
        {
            case BuilderDriver.DockerContainer when definition!.Nodes.Any(node => node.Endpoint.Length == 0):
                // A clear word about the engine before buildx fails to make a container in it.
                await new EngineProbe(cli).AskAsync(EngineEndpoint.Find(environment), checkAge: false, request, cancellation).ConfigureAwait(false);
                break;
            case BuilderDriver.Kubernetes:
                Kubeconfig.Check(name, environment, request.Location);
                break;
            case BuilderDriver.Remote:
                await CheckRemoteAsync(name, definition!.Nodes.Select(node => (node.Endpoint, node.Options)), request, cancellation)
                    .ConfigureAwait(false);
                break;
        }

        var listed = await new BuilderProvisioner(cli, sink) { Remote = new RemoteCheck(environment) }
            .EnsureAsync(name, definition, request, cancellation).ConfigureAwait(false);
        var found = BuilderDrivers.TryParse(listed.Driver) ?? driver
            ?? throw new DiagnosticException(EngineDiagnostics.BootstrapFailed.At(
                request.Location, name, "unknown", listed.Error, EngineDiagnostics.StartRemedy(name, listed.Error, removed: false)));
        if (driver is { } asked && found != asked)
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderDiffers.At(
                request.Location, name, $"it has the {found.NameOf()} driver and not {asked.NameOf()}"));
        }

        return new Builder
        {
            Name = name,
            Driver = found,
            ContainerdStore = listed.Nodes.Any(node => node.ContainerdStore),
            Endpoint = listed.Nodes.Count > 0 ? listed.Nodes[0].Endpoint : "",
            Platforms = [.. listed.Nodes.SelectMany(node => node.Platforms).Distinct()],
        };
    }

    private async Task CheckRemoteAsync(
        string name, IEnumerable<(string Endpoint, IReadOnlyDictionary<string, string> Options)> nodes, BuilderRequest request,
        CancellationToken cancellation)
    {
        var check = new RemoteCheck(environment);
        // Side by side, so that several dead nodes take two seconds together and not each.
        await Task.WhenAll(nodes.Where(node => node.Endpoint.Length > 0).Select(node =>
            check.CheckAsync(name, node.Endpoint, node.Options, request.Location, cancellation))).ConfigureAwait(false);
    }

    private async Task<Builder> EngineBuilderAsync(string name, BuilderRequest request, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        var state = await new EngineProbe(cli).AskAsync(endpoint, checkAge: true, request, cancellation).ConfigureAwait(false);
        EngineRegistries.Warn(request, state, name.Length == 0 ? "default" : name, sink);
        return new Builder
        {
            Name = name,
            Driver = BuilderDriver.Docker,
            ContainerdStore = state.ContainerdStore,
            Endpoint = endpoint.Address,
            EngineVersion = state.Version,
        };
    }
}
