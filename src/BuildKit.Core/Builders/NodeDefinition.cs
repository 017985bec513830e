namespace BuildKit.Core.Builders;

/// <summary>A node as it is asked for: one BuildKit daemon of a builder.</summary>
internal sealed record NodeDefinition
{
    /// <summary>Its name; empty leaves it to buildx (the builder's name and a number).</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Where it is: for the remote driver <c>tcp://</c>, <c>unix://</c>, <c>ssh://</c>, <c>docker-container://</c> or
    /// <c>kube-pod://</c>; for docker-container an engine or context. Empty is the current engine or cluster.
    /// </summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Platforms it shall be used for, as <c>linux/arm64</c>; empty leaves it to what it can.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Options by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Flags of its daemon, one argument each.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}
