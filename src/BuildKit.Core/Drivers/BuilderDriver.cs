namespace BuildKit.Core.Drivers;

/// <summary>Where a builder's BuildKit runs (https://docs.docker.com/build/builders/drivers/).</summary>
public enum BuilderDriver
{
    /// <summary>The BuildKit inside the engine.</summary>
    Docker,

    /// <summary>A container of its own.</summary>
    DockerContainer,

    /// <summary>Pods of a Kubernetes cluster.</summary>
    Kubernetes,

    /// <summary>A BuildKit that somebody else runs.</summary>
    Remote,
}

/// <summary>Names of the drivers, as buildx and <c>BuildKitDriver</c> write them.</summary>
public static class BuilderDrivers
{
    private static readonly Dictionary<string, BuilderDriver> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["docker"] = BuilderDriver.Docker,
        ["docker-container"] = BuilderDriver.DockerContainer,
        ["kubernetes"] = BuilderDriver.Kubernetes,
        ["remote"] = BuilderDriver.Remote,
    };

    /// <summary>All names, for messages.</summary>
    public static string List => "docker, docker-container, kubernetes or remote";

    /// <summary>The name of a driver.</summary>
    public static string NameOf(this BuilderDriver driver) => Names.First(pair => pair.Value == driver).Key;

    /// <summary>The driver of a name, or null.</summary>
    public static BuilderDriver? TryParse(string name) =>
        Names.TryGetValue(name, out var driver) ? driver : null;
}
