namespace BuildKit.Core.Builders;

/// <summary>A node of a builder, as buildx lists it.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Endpoint">Where it is.</param>
/// <param name="Status">For example <c>running</c> or <c>inactive</c>.</param>
/// <param name="Platforms">What it builds for: those it was created with, then those its worker found out.</param>
/// <param name="ContainerdStore">Whether its worker has a snapshotter label, which is buildx's own test.</param>
public sealed record BuilderNode(
    string Name, string Endpoint, string Status, IReadOnlyList<string> Platforms, bool ContainerdStore)
{
    /// <summary>Options it was created with.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Flags of its daemon, with what buildx added.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Its buildkitd configuration in buildx's form; empty for none.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Why it does not answer; empty when it does or was not asked.</summary>
    public string Error { get; init; } = "";

    /// <summary>Most bytes that cache mounts, local sources and git checkouts may keep; 0 when it is not known.</summary>
    public long CacheMountLimit { get; init; }
}

/// <summary>A builder, as buildx lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">Its driver; empty when buildx does not know it.</param>
/// <param name="Error">Why it does not answer, or empty.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record ListedBuilder(string Name, string Driver, string Error, IReadOnlyList<BuilderNode> Nodes)
{
    /// <summary>When it was last used; the year 1 for never.</summary>
    public DateTimeOffset LastActivity { get; init; }

    /// <summary>Whether every node runs.</summary>
    public bool IsRunning => Nodes.Count > 0 && Nodes.All(node => node.Status == "running");
}
