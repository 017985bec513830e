using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>
/// Which builders are ours to change and remove: those with our mark among the options of a node, and those whose name
/// begins with ours. The mark is a variable of the daemon's container, the one kind of option that has free names; the
/// remote driver has none, and a Kubernetes builder gets it only with a configuration, because DevSpace compares all
/// options of a builder that both use.
/// </summary>
internal static class OwnBuilders
{
    /// <summary>Name of the option. Its value is a hash of the daemon's configuration, or 1.</summary>
    public const string Marker = "env.BUILDKIT_TASKS";

    /// <summary>Whether a builder is ours.</summary>
    public static bool Include(ListedBuilder builder) =>
        HasOurName(builder.Name) || builder.Nodes.Any(node => node.Options.ContainsKey(Marker));

    /// <summary>Whether a name is one that only we give.</summary>
    public static bool HasOurName(string name) =>
        name == BuilderRequest.OwnName || name.StartsWith(BuilderRequest.OwnName + "-", StringComparison.Ordinal);

    /// <summary>The mark of a builder that is created; none where the driver has no place for it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> MarkerOf(BuilderDefinition definition)
    {
        var marked = definition.Driver == BuilderDriver.DockerContainer
            || (definition.Driver == BuilderDriver.Kubernetes && !definition.Configuration.IsEmpty);
        return marked ? [new(Marker, definition.Configuration.IsEmpty ? "1" : definition.Configuration.Hash)] : [];
    }
}
