using System.Text.Json;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>A node of a builder, as buildx lists it.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Endpoint">Where it is.</param>
/// <param name="Status">For example <c>running</c> or <c>inactive</c>.</param>
/// <param name="Platforms">What it builds for.</param>
/// <param name="ContainerdStore">Whether its worker has a snapshotter label, which is buildx's own test.</param>
public sealed record BuilderNode(
    string Name, string Endpoint, string Status, IReadOnlyList<string> Platforms, bool ContainerdStore);

/// <summary>A builder, as buildx lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">Its driver; empty when buildx could not tell.</param>
/// <param name="Error">Why it does not answer, or empty.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record ListedBuilder(string Name, string Driver, string Error, IReadOnlyList<BuilderNode> Nodes)
{
    /// <summary>Whether every node runs.</summary>
    public bool IsRunning => Nodes.Count > 0 && Nodes.All(node => node.Status == "running");
}

/// <summary>Reads <c>docker buildx ls --format json</c>: one JSON object a line.</summary>
public static class BuilderList
{
    /// <summary>Asks buildx for all builders.</summary>
    public static async Task<IReadOnlyList<ListedBuilder>> AskAsync(
        IDockerCli cli, string workingDirectory, CancellationToken cancellation)
    {
        var answer = await cli.AskAsync(workingDirectory, cancellation, "buildx", "ls", "--format", "json").ConfigureAwait(false);
        return Parse(answer.Output);
    }

    /// <summary>Reads the lines; those that are no JSON object are passed over.</summary>
    public static IReadOnlyList<ListedBuilder> Parse(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith('{')).Select(ParseLine).Where(builder => builder.Name.Length > 0)];

    private static ListedBuilder ParseLine(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new ListedBuilder(root.Text("Name"), root.Text("Driver"), root.Text("Err"), [.. root.Items("Nodes").Select(ParseNode)]);
        }
        catch (JsonException)
        {
            return new ListedBuilder("", "", "", []);
        }
    }

    private static BuilderNode ParseNode(JsonElement node) => new(
        node.Text("Name"),
        node.Text("Endpoint"),
        node.Text("Status"),
        node.Texts("Platforms"),
        node.Member("Labels").Member("org.mobyproject.buildkit.worker.snapshotter").ValueKind != JsonValueKind.Undefined);
}
