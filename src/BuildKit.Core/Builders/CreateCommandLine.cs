using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>
/// The arguments of <c>docker buildx create</c> (https://docs.docker.com/reference/cli/docker/buildx/create/). One call
/// makes the builder with its first node, one more appends each further node. Never <c>--use</c>.
/// </summary>
internal static class CreateCommandLine
{
    /// <summary>Makes the arguments of each call, in order.</summary>
    /// <param name="definition">The builder.</param>
    /// <param name="configurationFile">Full path of the file that holds its configuration; empty for none.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(BuilderDefinition definition, string configurationFile) =>
        [.. definition.Nodes.Select((node, index) => Of(definition, node, configurationFile, append: index > 0))];

    private static List<string> Of(BuilderDefinition definition, NodeDefinition node, string configurationFile, bool append)
    {
        List<string> arguments = ["buildx", "create", "--name", definition.Name, "--driver", definition.Driver.NameOf()];
        if (append)
        {
            arguments.Add("--append");
        }

        Add(arguments, "--node", node.Name);
        Add(arguments, "--platform", string.Join(',', node.Platforms));
        foreach (var (name, value) in node.Options.Concat(OwnBuilders.MarkerOf(definition)))
        {
            arguments.AddRange(["--driver-opt", DriverOptions.Argument(name, value)]);
        }

        Add(arguments, "--buildkitd-flags", DaemonFlags.Join(node.Flags));
        Add(arguments, "--buildkitd-config", configurationFile);
        if (node.Endpoint.Length > 0)
        {
            arguments.Add(node.Endpoint);
        }

        return arguments;
    }

    private static void Add(List<string> arguments, string option, string value)
    {
        if (value.Length > 0)
        {
            arguments.AddRange([option, value]);
        }
    }
}
