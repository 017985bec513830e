using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Takes the progress stream of a bake apart: for each target the stream that a build of it alone would have given.
/// Buildx reports a step that several targets need once for each, under the name of the target
/// (<c>[web 1/2] FROM …</c>, <c>[web] exporting to image</c>), and with one target without a name.
/// </summary>
/// <param name="redactor">Takes secrets out: the streams are files for a moment.</param>
internal sealed class ProgressSplitter(SecretRedactor redactor)
{
    private readonly List<(JsonNode Line, string[] Targets)> lines = [];

    /// <summary>Takes a line of a run; what is no JSON is passed over.</summary>
    /// <param name="line">The line.</param>
    /// <param name="targets">The targets of the run.</param>
    public void Add(string line, string[] targets)
    {
        if (!line.StartsWith('{'))
        {
            return;
        }

        try
        {
            lines.Add((JsonNode.Parse(line)!, targets));
        }
        catch (JsonException)
        {
            // A tool's own line.
        }
    }

    /// <summary>The stream of a target, line by line.</summary>
    public IEnumerable<string> LinesOf(string target)
    {
        var own = lines.Where(line => line.Targets.Contains(target)).ToList();
        var digests = own.SelectMany(line => Items(line.Line, "vertexes").Where(vertex => NameIn(vertex, target, line.Targets) is not null))
            .Select(vertex => Text(vertex, "digest")).ToHashSet(StringComparer.Ordinal);
        // First, so that a step's end finds its whole output; pieces could part a secret, and come once for each target.
        foreach (var output in Outputs(own.SelectMany(line => Items(line.Line, "logs")).Where(log => digests.Contains(Text(log, "vertex")))))
        {
            yield return output;
        }

        foreach (var (line, targets) in own)
        {
            var mine = new JsonObject();
            Put(mine, "vertexes", Items(line, "vertexes").Select(vertex => Renamed(vertex, NameIn(vertex, target, targets))).OfType<JsonNode>());
            Put(mine, "statuses",
                Items(line, "statuses").Where(status => digests.Contains(Text(status, "vertex"))).Select(status => status.DeepClone()));
            Put(mine, "warnings",
                Items(line, "warnings").Where(warning => digests.Contains(Text(warning, "vertex"))).Select(warning => warning.DeepClone()));
            if (mine.Count > 0)
            {
                yield return mine.ToJsonString();
            }
        }
    }

    /// <summary>The streams of a target in several rounds of one bake, as one in which a step is the same in each round.</summary>
    /// <param name="rounds">The rounds, in order.</param>
    /// <param name="target">The target.</param>
    public static IEnumerable<string> LinesOf(IEnumerable<ProgressSplitter> rounds, string target)
    {
        // What a run sends has a digest of its own, and so has each step after it: only names are the same in each run.
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var round in rounds)
        {
            var names = round.NamesOf(target);
            var renamed = names.Where(step => first.TryGetValue(step.Value, out var digest) && digest != step.Key).ToList();
            names.ToList().ForEach(step => first.TryAdd(step.Value, step.Key));
            foreach (var line in round.LinesOf(target))
            {
                yield return renamed.Aggregate(line, (text, step) => text.Replace(step.Key, first[step.Value], StringComparison.Ordinal));
            }
        }
    }

    private Dictionary<string, string> NamesOf(string target) => lines.Where(line => line.Targets.Contains(target))
        .SelectMany(line => Items(line.Line, "vertexes")
            .Select(vertex => (Digest: Text(vertex, "digest"), Name: NameIn(vertex, target, line.Targets))))
        .Where(step => step.Name is not null).DistinctBy(step => step.Digest).ToDictionary(step => step.Digest, step => step.Name!);

    private static string? NameIn(JsonNode vertex, string target, string[] targets)
    {
        var name = Text(vertex, "name");
        return targets.Length == 1 ? name
            : name.StartsWith($"[{target} ", StringComparison.Ordinal) ? "[" + name[(target.Length + 2)..]
            : name.StartsWith($"[{target}] ", StringComparison.Ordinal) ? name[(target.Length + 3)..]
            : null;
    }

    private JsonNode? Renamed(JsonNode vertex, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var copy = vertex.DeepClone();
        copy["name"] = redactor.Redact(name);
        if (Text(vertex, "error") is { Length: > 0 } error)
        {
            copy["error"] = redactor.Redact(error);
        }

        return copy;
    }

    private IEnumerable<string> Outputs(IEnumerable<JsonNode> logs) => logs
        .DistinctBy(log => (Text(log, "vertex"), Text(log, "timestamp"), Text(log, "data")))
        .GroupBy(log => Text(log, "vertex"))
        .Select(step =>
        {
            var bytes = step.SelectMany(log => Convert.FromBase64String(Text(log, "data"))).ToArray();
            var text = redactor.Redact(Encoding.UTF8.GetString(bytes));
            return new JsonObject
            {
                ["logs"] = new JsonArray(new JsonObject
                {
                    ["vertex"] = step.Key,
                    ["stream"] = 2,
                    ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                }),
            }.ToJsonString();
        });

    private static void Put(JsonObject line, string name, IEnumerable<JsonNode> items)
    {
        JsonNode?[] all = [.. items];
        if (all.Length > 0)
        {
            line[name] = new JsonArray(all);
        }
    }

    private static IEnumerable<JsonNode> Items(JsonNode line, string name) => line[name] is JsonArray items ? items.OfType<JsonNode>() : [];

    private static string Text(JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
