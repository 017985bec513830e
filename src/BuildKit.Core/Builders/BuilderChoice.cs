using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Builders;

/// <summary>Which builder and driver a build asks for, from its properties, the environment and Docker's own settings.</summary>
/// <param name="Name">Name of the builder; empty is the one Docker selects by itself.</param>
/// <param name="Driver">The driver, when one is asked for.</param>
/// <param name="LeftToUs">Whether neither the project nor the environment names a builder or a driver.</param>
internal sealed record BuilderChoice(string Name, BuilderDriver? Driver, bool LeftToUs)
{
    /// <summary>Chooses.</summary>
    public static BuilderChoice Of(BuilderRequest request, BuildEnvironment environment)
    {
        var driver = request.Driver ?? Implied(request);
        if (request.Name.Length > 0)
        {
            return new BuilderChoice(request.Name, driver, LeftToUs: false);
        }

        if (driver is BuilderDriver.Docker)
        {
            // The docker driver's own builder has the name of the Docker context.
            return new BuilderChoice(EngineEndpoint.Find(environment).Context is { Length: > 0 } context ? context : "default", driver,
                LeftToUs: false);
        }

        if (driver is not null)
        {
            return new BuilderChoice(BuilderRequest.OwnName, driver, LeftToUs: false);
        }

        return environment.GetValueOrDefault("BUILDX_BUILDER") is { Length: > 0 } named
            ? new BuilderChoice(named, null, LeftToUs: false)
            : CurrentSelection(environment) is { Length: > 0 } current && current != "default"
                ? new BuilderChoice(current, null, LeftToUs: false)
                : new BuilderChoice("", null, LeftToUs: true);
    }

    // An endpoint without a driver is a remote BuildKit; with another driver it would be an engine or a context.
    private static BuilderDriver? Implied(BuilderRequest request) =>
        request.Endpoint.Length > 0 || (request.Nodes.Count > 0 && request.Nodes.All(node => node["Endpoint"].Length > 0))
            ? BuilderDriver.Remote : null;

    // What "docker buildx use" left; read from its file, since asking buildx for it takes half a second.
    private static string CurrentSelection(BuildEnvironment environment)
    {
        var folder = environment.GetValueOrDefault("BUILDX_CONFIG") is { Length: > 0 } named
            ? named : Path.Combine(DockerConfigFile.FolderFor(environment), "buildx");
        using var document = JsonElementExtensions.TryRead(Path.Combine(folder, "current"));
        return document?.RootElement.Text("Name") ?? "";
    }
}
