using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.PublishOutputs;

/// <summary>
/// The configuration of an image made from published files: the base image's own, with the project's on top, as the
/// SDK merges them. Form: https://github.com/opencontainers/image-spec/blob/main/config.md.
/// </summary>
public sealed partial record ImageConfig
{
    private ImageConfig(Platform platform) => Platform = platform;

    /// <summary>Platform of the image.</summary>
    public Platform Platform { get; }

    /// <summary>Environment, base first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; private init; } = [];

    /// <summary>Ports such as <c>8080/tcp</c>.</summary>
    public IReadOnlyList<string> Ports { get; private init; } = [];

    /// <summary>Labels, base first.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; private init; } = [];

    /// <summary>User; empty for root.</summary>
    public string User { get; private init; } = "";

    /// <summary>Working directory.</summary>
    public string WorkingDirectory { get; private init; } = "";

    /// <summary>ENTRYPOINT.</summary>
    public IReadOnlyList<string> Entrypoint { get; private init; } = [];

    /// <summary>CMD.</summary>
    public IReadOnlyList<string> Cmd { get; private init; } = [];

    private JsonObject Kept { get; init; } = [];

    private HashSet<(string Kind, string Name, string Value)> Inherited { get; init; } = [];

    /// <summary>The same without environment, labels and ports that the base image has already.</summary>
    public ImageConfig WithoutInherited() => this with
    {
        Environment = [.. Environment.Where(variable => !Inherited.Contains(("Env", variable.Key, variable.Value)))],
        Labels = [.. Labels.Where(label => !Inherited.Contains(("Labels", label.Key, label.Value)))],
        Ports = [.. Ports.Where(port => !Inherited.Contains(("ExposedPorts", port, "")))],
    };

    /// <summary>Lays the project's configuration over the base image's.</summary>
    /// <param name="baseConfigJson">The base image's whole configuration.</param>
    /// <param name="platform">Platform of the image.</param>
    /// <param name="project">What the project says.</param>
    /// <param name="labels">The project's labels.</param>
    public static ImageConfig Over(
        string baseConfigJson, Platform platform, PublishedConfig project, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var config = JsonNodes.TryParseObject(baseConfigJson)?["config"] as JsonObject ?? [];
        var environment = new OrderedPairs();
        foreach (var pair in Strings(config["Env"]).Select(entry => entry.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            environment.Set(pair[0], pair[1]);
        }

        HashSet<(string, string, string)> inherited = [.. environment.Pairs.Select(variable => ("Env", variable.Key, variable.Value))];
        foreach (var (name, value) in project.Environment)
        {
            environment.Set(name, value);
        }

        var merged = new OrderedPairs();
        foreach (var (name, value) in config["Labels"] as JsonObject ?? [])
        {
            merged.Set(name, value?.ToString() ?? "");
        }

        inherited.UnionWith(merged.Pairs.Select(label => ("Labels", label.Key, label.Value)));
        foreach (var (name, value) in labels)
        {
            merged.Set(name, value);
        }

        inherited.UnionWith((config["ExposedPorts"] as JsonObject ?? []).Select(port => ("ExposedPorts", port.Key, "")));

        var ports = (config["ExposedPorts"] as JsonObject ?? []).Select(port => port.Key)
            .Concat(project.Ports).Concat(PortsOf(environment)).Distinct();
        var (entrypoint, cmd) = project.Command.Resolve([.. Strings(config["Entrypoint"])]);
        var kept = new JsonObject();
        foreach (var name in new[] { "Volumes", "StopSignal", "Healthcheck", "Shell" })
        {
            if (config[name] is { } value)
            {
                kept[name] = value.DeepClone();
            }
        }

        AddOwn(kept, project);
        return new ImageConfig(platform)
        {
            Environment = environment.Pairs,
            Labels = merged.Pairs,
            Ports = [.. ports],
            // The SDK's order: the project's word, then the number in APP_UID, then the base image's user. Written as
            // the number itself: "$APP_UID" on a base without it would mean root.
            User = project.User.Length > 0 ? project.User
                : environment["APP_UID"] is { Length: > 0 } uid ? uid
                : config["User"]?.ToString() ?? "",
            WorkingDirectory = project.WorkingDirectory,
            Entrypoint = entrypoint,
            Cmd = cmd,
            Kept = kept,
            Inherited = inherited,
        };
    }

    /// <summary>The whole configuration as the exporter takes it; BuildKit adds file system and history.</summary>
    public string ToJson()
    {
        var config = new JsonObject();
        if (User.Length > 0)
        {
            config["User"] = User;
        }

        if (Ports.Count > 0)
        {
            config["ExposedPorts"] = new JsonObject(Ports.Select(port => KeyValuePair.Create(port, (JsonNode?)new JsonObject())));
        }

        config["Env"] = ArrayOf(Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        if (Entrypoint.Count > 0)
        {
            config["Entrypoint"] = ArrayOf(Entrypoint);
        }

        if (Cmd.Count > 0)
        {
            config["Cmd"] = ArrayOf(Cmd);
        }

        config["WorkingDir"] = WorkingDirectory;
        if (Labels.Count > 0)
        {
            config["Labels"] = new JsonObject(Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        }

        foreach (var (name, value) in Kept)
        {
            config[name] = value?.DeepClone();
        }

        var root = new JsonObject { ["architecture"] = Platform.Architecture, ["os"] = Platform.OperatingSystem };
        if (Platform.Variant.Length > 0)
        {
            root["variant"] = Platform.Variant;
        }

        root["config"] = config;
        return root.ToJsonString();
    }

    private static void AddOwn(JsonObject kept, PublishedConfig project)
    {
        if (project.HealthCheck.Length > 0)
        {
            kept["Healthcheck"] = new JsonObject { ["Test"] = ArrayOf(["CMD-SHELL", project.HealthCheck]) };
        }

        if (project.StopSignal.Length > 0)
        {
            kept["StopSignal"] = project.StopSignal;
        }

        foreach (var volume in project.Volumes)
        {
            if (kept["Volumes"] is not JsonObject volumes)
            {
                kept["Volumes"] = volumes = [];
            }

            volumes[volume] = new JsonObject();
        }
    }

    /// <summary>
    /// Ports that ASP.NET Core listens on by its environment: URLs alone, else the two port lists
    /// (https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints).
    /// </summary>
    private static IEnumerable<string> PortsOf(OrderedPairs environment)
    {
        if (environment["ASPNETCORE_URLS"] is { } urls)
        {
            return Parts(urls).Select(url => UrlPort().Match(url)).Where(match => match.Success)
                .Select(match => match.Groups[1].Value + "/tcp");
        }

        return Parts(environment["ASPNETCORE_HTTP_PORTS"]).Concat(Parts(environment["ASPNETCORE_HTTPS_PORTS"]))
            .Where(port => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(port => port + "/tcp");
    }

    private static IEnumerable<string> Parts(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> Strings(JsonNode? array) =>
        (array as JsonArray ?? []).Select(node => node?.ToString() ?? "");

    private static JsonArray ArrayOf(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode?)value)]);

    [GeneratedRegex(@"^\w+://.*:(\d+)")]
    private static partial Regex UrlPort();

    private sealed class OrderedPairs
    {
        private readonly List<KeyValuePair<string, string>> pairs = [];
        private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

        public IReadOnlyList<KeyValuePair<string, string>> Pairs => pairs;

        public string? this[string name] => places.TryGetValue(name, out var place) ? pairs[place].Value : null;

        public void Set(string name, string value)
        {
            if (places.TryAdd(name, pairs.Count))
            {
                pairs.Add(new(name, value));
            }
            else
            {
                pairs[places[name]] = new(name, value);
            }
        }
    }
}
