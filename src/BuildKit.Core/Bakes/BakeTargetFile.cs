using System.Text.Json;
using BuildKit.Core.Builds;
using BuildKit.Core.Json;

namespace BuildKit.Core.Bakes;

/// <summary>
/// One target of a bake definition (https://docs.docker.com/build/bake/reference/), in a file of its project: the same
/// that <see cref="BuildxCommandLine"/> says for an image that is built alone.
/// </summary>
public static class BakeTargetFile
{
    private const string Suffix = ".bake-target.json";

    /// <summary>Reads the file of an image.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">BK6209.</exception>
    public static JsonElement Read(BakeEntry entry) => BakeJson.Read(entry.FileOf(Suffix), root => root.Clone());

    /// <summary>Writes the file of an image, beside the other files of its session.</summary>
    /// <param name="session">The image, prepared.</param>
    /// <param name="byHand">Whether somebody else runs it: then nothing has a name that is only ours while we build.</param>
    /// <exception cref="Diagnostics.DiagnosticException">BK6206.</exception>
    public static void Write(BuildSession session, bool byHand)
    {
        var (request, source) = (byHand ? session.Plan.Request : session.Request, session.Source);
        var options = BakeOptions.Of(request);
        using var file = File.Create(session.FileOf(Suffix));
        using var json = new Utf8JsonWriter(file,
            new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        Text(json, "context", source.Context);
        Text(json, "dockerfile", source.Dockerfile);
        Text(json, "target", request.TargetStage);
        Pairs(json, "args", request.BuildArguments.Select(argument => (argument.Name, argument.Value)));
        Pairs(json, "labels", (source.Labels ? request.Labels : []).Select(label => (label.Key, (string?)label.Value)));
        Pairs(json, "contexts", request.NamedContexts.Select(context => (context.Name, (string?)context.Source)));
        Texts(json, "tags", request.Tags.Select(tag => tag.ToString()));
        Texts(json, "platforms", request.Platforms.Select(platform => platform.ToString()));
        Texts(json, "secret", request.Secrets.SelectMany(secret => secret.ToArguments().Skip(1)));
        Texts(json, "ssh", request.SshAgents.SelectMany(agent => agent.ToArguments().Skip(1)));
        Text(json, "network", request.Network);
        Pairs(json, "extra-hosts", request.ExtraHosts.Select(host => (host.Host, (string?)host.Address)));
        Switch(json, "pull", request.Pull);
        Switch(json, "no-cache", request.NoCache);
        Texts(json, "cache-from", request.CacheFrom.Select(cache => cache.ToString()));
        Texts(json, "cache-to", request.CacheTo.Select(cache => cache.ToString()));
        Texts(json, "output", OutputArguments.Of(request, source, session.Builder, partial: !byHand).Where(word => word != "--output"));
        Texts(json, "attest", [.. request.Attestations.ToBakeEntries(), .. options["attest"]]);
        foreach (var option in options.Where(option => option.Key is not ("attest" or "shm-size")))
        {
            Texts(json, option.Key, option);
        }

        Text(json, "shm-size", options["shm-size"].LastOrDefault() ?? "");
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string key, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(key, BakeText.Escape(value));
        }
    }

    private static void Switch(Utf8JsonWriter json, string key, bool value)
    {
        if (value)
        {
            json.WriteBoolean(key, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string key, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.Count > 0)
        {
            json.WriteTexts(key, all.Select(BakeText.Escape));
        }
    }

    // Null stands for the environment variable of that name, so that its value is not in the file.
    private static void Pairs(Utf8JsonWriter json, string key, IEnumerable<(string Name, string? Value)> pairs)
    {
        var all = pairs.GroupBy(pair => pair.Name).Select(group => group.Last()).ToList();
        if (all.Count > 0)
        {
            json.WriteStartObject(key);
            all.ForEach(pair => json.WriteString(BakeText.Escape(pair.Name), pair.Value is null ? null : BakeText.Escape(pair.Value)));
            json.WriteEndObject();
        }
    }
}
