using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>A builder that is there and answers.</summary>
public sealed record Builder
{
    /// <summary>Name to give to buildx; empty for the one Docker selects by itself.</summary>
    public required string Name { get; init; }

    /// <summary>Its driver.</summary>
    public required BuilderDriver Driver { get; init; }

    /// <summary>Whether the engine behind the docker driver has the containerd image store.</summary>
    public bool ContainerdStore { get; init; }

    /// <summary>Where its first node is, for messages.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Version of the engine; empty when it was not asked.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Version of buildx; empty when it could not be read.</summary>
    public string BuildxVersion { get; init; } = "";

    /// <summary>
    /// Full path of buildx, to be called without the way through Docker's command line; empty when that is not known to be
    /// the same.
    /// </summary>
    public string BuildxPath { get; init; } = "";

    /// <summary>Platforms of its nodes; empty when they were not asked.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Name for people: the docker driver's own builder is called default.</summary>
    public string DisplayName => Name.Length == 0 ? "default" : Name;

    /// <summary>What it can do.</summary>
    public DriverFeatures Features => DriverFeatures.Of(Driver, ContainerdStore);

    /// <summary>Why it cannot do more, for messages.</summary>
    public string Kind => Driver == BuilderDriver.Docker
        ? ContainerdStore ? "docker driver" : "docker driver without the containerd image store"
        : Driver.NameOf() + " driver";
}
