using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>A builder as it is asked for.</summary>
internal sealed record BuilderDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its driver; never the docker driver, whose builders buildx makes itself.</summary>
    public required BuilderDriver Driver { get; init; }

    /// <summary>Its nodes; at least one.</summary>
    public required IReadOnlyList<NodeDefinition> Nodes { get; init; }

    /// <summary>Configuration of its daemons.</summary>
    public DaemonConfiguration Configuration { get; init; } = DaemonConfiguration.None;

    /// <summary>Whether anything beside the driver is asked for; if not, any builder of the driver will do.</summary>
    public bool IsPlain => Configuration.IsEmpty && Nodes is [{ Name: "", Endpoint: "", Platforms: [], Flags: [], Options.Count: 0 }];
}
