using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>Compares what a builder has with what is asked of it.</summary>
internal static class BuilderComparison
{
    /// <summary>
    /// Says in what a builder differs; each entry completes the words "the builder". A builder has what is asked when
    /// it has all of it: platforms that its nodes found out by themselves and options that nobody asked for are no
    /// difference in a user's builder, but an option too many is one in ours.
    /// </summary>
    public static IReadOnlyList<string> Differences(BuilderDefinition asked, ListedBuilder found)
    {
        if (found.Driver.Length > 0 && found.Driver != asked.Driver.NameOf())
        {
            return [$"it has the {found.Driver} driver and not {asked.Driver.NameOf()}"];
        }

        if (asked.IsPlain)
        {
            return [];
        }

        var differences = new List<string>();
        var ours = OwnBuilders.Include(found);
        foreach (var (node, index) in asked.Nodes.Select((node, index) => (node, index)))
        {
            var has = node.Name.Length > 0
                ? found.Nodes.FirstOrDefault(candidate => candidate.Name == node.Name)
                : found.Nodes.ElementAtOrDefault(index);
            if (has is null)
            {
                differences.Add($"it has no node \"{(node.Name.Length > 0 ? node.Name : $"number {index + 1}")}\"");
                continue;
            }

            differences.AddRange(Node(asked, node, has, ours));
        }

        // Without a name for its node a project describes one node; further ones may have been added by hand.
        if (asked.Nodes.All(node => node.Name.Length > 0))
        {
            differences.AddRange(found.Nodes.Where(has => asked.Nodes.All(node => node.Name != has.Name))
                .Select(has => $"it has a node \"{has.Name}\" that is not asked for"));
        }

        return differences;
    }

    private static IEnumerable<string> Node(BuilderDefinition asked, NodeDefinition node, BuilderNode has, bool ours)
    {
        var where = node.Name.Length > 0 ? $"its node \"{has.Name}\" has" : "it has";
        if (node.Endpoint.Length > 0 && node.Endpoint.TrimEnd('/') != has.Endpoint.TrimEnd('/'))
        {
            yield return $"{where} the endpoint {has.Endpoint} and not {node.Endpoint}";
        }

        foreach (var (name, value) in node.Options.Where(option => has.Options.GetValueOrDefault(option.Key) != option.Value))
        {
            yield return has.Options.TryGetValue(name, out var other)
                ? $"{where} {name}={other} and not {value}" : $"{where} no {name}={value}";
        }

        foreach (var (name, value) in has.Options.Where(option => ours && option.Key != OwnBuilders.Marker && !node.Options.ContainsKey(option.Key)))
        {
            yield return $"{where} {name}={value}, which is not asked for";
        }

        foreach (var platform in node.Platforms.Except(has.Platforms))
        {
            yield return $"{where} no platform {platform}";
        }

        foreach (var flag in node.Flags.Except(has.Flags))
        {
            yield return $"{where} no flag {flag}";
        }

        if (!asked.Configuration.IsEmpty && !HasConfiguration(asked.Configuration, has))
        {
            yield return $"{where} another buildkitd configuration";
        }
    }

    // buildx keeps the file in a form of its own, so ours is compared by its hash. In a user's builder only what the
    // registry items ask for is looked for, as buildx writes it.
    private static bool HasConfiguration(DaemonConfiguration asked, BuilderNode has) =>
        has.Options.TryGetValue(OwnBuilders.Marker, out var hash) ? hash == asked.Hash
        : asked.Registries.Count > 0
            && asked.Registries.All(registry => has.Configuration.Contains($"[registry.\"{registry.Host}\"]", StringComparison.Ordinal));
}
