using System.Globalization;
using System.Text;
using System.Text.Json;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>Reads <c>docker buildx ls --format json</c>: one JSON object a line.</summary>
internal static class BuilderList
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
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(line));
        var root = document?.RootElement ?? default;
        return new ListedBuilder(root.Text("Name"), root.Text("Driver"), root.Text("Err"), [.. root.Items("Nodes").Select(ParseNode)])
        {
            LastActivity = DateTimeOffset.TryParse(root.Text("LastActivity"), CultureInfo.InvariantCulture, out var time) ? time : default,
        };
    }

    private static BuilderNode ParseNode(JsonElement node) =>
        new(node.Text("Name"), node.Text("Endpoint"), node.Text("Status"), node.Texts("Platforms"),
            node.Member("Labels").Member("org.mobyproject.buildkit.worker.snapshotter").ValueKind == JsonValueKind.String)
        {
            Options = node.Members("DriverOpts").ToDictionary(option => option.Name, option => option.Value.AsText()),
            Flags = node.Texts("Flags"),
            Configuration = Decode(node.Member("Files").Text("buildkitd.toml")),
            Error = node.Text("Err"),
            CacheMountLimit = node.Items("GCPolicy").Where(IsOfCacheMounts).Select(policy => policy.Number("maxUsedSpace") ?? 0).FirstOrDefault(),
        };

    private static bool IsOfCacheMounts(JsonElement policy) =>
        policy.Texts("filter").Any(filter => filter.Contains("exec.cachemount", StringComparison.Ordinal));

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }
}
