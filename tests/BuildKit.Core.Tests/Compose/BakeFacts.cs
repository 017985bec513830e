using System.Text.Json;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Compose;

/// <summary>A target of bake and an image of ours in the same words, so that they can be compared.</summary>
internal static class BakeFacts
{
    /// <summary>What bake prints.</summary>
    public static string Of(JsonElement target, ImageDescription image, string folder)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        var context = Full(folder, Text(target, "context") ?? ".");
        facts.Add("context " + context);
        if (Text(target, "dockerfile-inline") is { } inline)
        {
            facts.Add("inline " + inline.Trim());
        }
        else if (!context.Contains("://", StringComparison.Ordinal))
        {
            facts.Add("dockerfile " + Full(context, Text(target, "dockerfile") ?? "Dockerfile"));
        }

        foreach (var name in new[] { "target", "network", "no-cache", "pull", "shm-size" })
        {
            AddIf(facts, name, Text(target, name));
        }

        foreach (var (name, word) in new[] { ("args", "arg"), ("labels", "label"), ("extra-hosts", "host") })
        {
            Members(target, name).ToList().ForEach(member => facts.Add($"{word} {member.Name}={member.Value.GetString()}"));
        }

        foreach (var member in Members(target, "contexts"))
        {
            var source = member.Value.GetString()!;
            facts.Add(
                $"named {member.Name}={(source.StartsWith("target:", StringComparison.Ordinal) ? "an image of the file" : Full(folder, source))}");
        }

        Elements(target, "tags").ToList().ForEach(tag => facts.Add("tag " + Normal(tag.GetString()!)));
        Elements(target, "platforms").ToList().ForEach(platform => facts.Add("platform " + platform.GetString()));
        Elements(target, "no-cache-filter").ToList().ForEach(stage => facts.Add("no-cache-filter " + stage.GetString()));
        Elements(target, "ulimits").ToList().ForEach(limit => facts.Add("ulimit " + limit.GetString()));
        foreach (var name in new[] { "cache-from", "cache-to" })
        {
            Elements(target, name).ToList().ForEach(cache => facts.Add($"{name} {Attributes(cache)}"));
        }

        foreach (var secret in Elements(target, "secret"))
        {
            facts.Add(
                $"secret {Text(secret, "id")} {(Text(secret, "src") is { } file ? Full(folder, file) : Text(secret, "env") ?? Text(secret, "id"))}");
        }

        foreach (var agent in Elements(target, "ssh"))
        {
            facts.Add($"ssh {Text(agent, "id")} {string.Join(' ', Elements(agent, "paths").Select(path => Full(folder, path.GetString()!)))}");
        }

        // Compose gives an image its name as well as its tags; bake leaves the name out when there are tags.
        facts.UnionWith(Tags(image).Take(1).Where(_ => facts.Any(fact => fact.StartsWith("tag ", StringComparison.Ordinal))));
        return string.Join('\n', facts);
    }

    /// <summary>What our description says.</summary>
    public static string Of(ImageDescription image, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal) { "context " + image.Metadata["BuildKitContext"] };
        var dockerfile = image.Metadata["BuildKitDockerfile"];
        if (dockerfile.StartsWith(Path.Combine(folder, "obj"), StringComparison.Ordinal))
        {
            facts.Add("inline " + File.ReadAllText(dockerfile).Trim());
        }
        else if (!image.Metadata["BuildKitContext"].Contains("://", StringComparison.Ordinal))
        {
            facts.Add("dockerfile " + dockerfile);
        }

        foreach (var (name, property) in new[] { ("target", "BuildKitTargetStage"), ("network", "BuildKitNetwork"), ("no-cache", "BuildKitNoCache"),
            ("pull", "BuildKitPull") })
        {
            AddIf(facts, name, image.Metadata.GetValueOrDefault(property));
        }

        facts.UnionWith(Tags(image));
        image.Metadata.GetValueOrDefault("BuildKitPlatforms", "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToList()
            .ForEach(platform => facts.Add("platform " + platform));
        image.Items.Select(item => Fact(item, environment)).OfType<string>().ToList().ForEach(fact => facts.Add(fact));
        return string.Join('\n', facts);
    }

    private static string? Fact(DescribedItem item, IReadOnlyDictionary<string, string> environment)
    {
        string Meta(string name) => item.Metadata.GetValueOrDefault(name, "");
        switch (item.ItemName)
        {
            case "BuildKitBuildArg":
                // Without a value it is the variable of that name, and nothing when there is none.
                var value = item.Include.Contains('=', StringComparison.Ordinal)
                    ? ""
                    : item.Metadata.GetValueOrDefault("Value") ?? environment.GetValueOrDefault(item.Include);
                return value is null ? null : $"arg {item.Include.TrimEnd('=')}={value}";
            case "ContainerLabel":
                return $"label {item.Include}={Meta("Value")}";
            case "BuildKitExtraHost":
                return $"host {item.Include}={Meta("Address")}";
            case "BuildKitNamedContext":
                return $"named {item.Include}={(Meta("Source").EndsWith("/of-the-file:latest", StringComparison.Ordinal) ? "an image of the file" : Meta("Source"))}";
            case "BuildKitSecret":
                return $"secret {item.Include} {Meta("File")}{Meta("EnvironmentVariable")}";
            case "BuildKitSsh":
                return $"ssh {item.Include} {Meta("Path")}";
            case "BuildKitCacheFrom" or "BuildKitCacheTo":
                var attributes = item.Metadata.Select(pair => (Key: pair.Key.ToLowerInvariant(), pair.Value))
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal);
                return $"{(item.ItemName == "BuildKitCacheFrom" ? "cache-from" : "cache-to")} {string.Join(' ', attributes.Select(pair => $"{pair.Key}={pair.Value}"))}";
            case "BuildKitBuildOption" when item.Include.StartsWith("--shm-size=", StringComparison.Ordinal):
                return "shm-size " + item.Include[11..].Replace("m", "MiB", StringComparison.Ordinal);
            case "BuildKitBuildOption" when item.Include.StartsWith("--no-cache-filter=", StringComparison.Ordinal):
                return "no-cache-filter " + item.Include[18..];
            case "BuildKitBuildOption" when item.Include.StartsWith("--ulimit=", StringComparison.Ordinal):
                return "ulimit " + item.Include[9..];
            default:
                return null;
        }
    }

    private static IEnumerable<string> Tags(ImageDescription image)
    {
        var registry = image.Metadata.GetValueOrDefault("ContainerRegistry", "");
        return image.Metadata.GetValueOrDefault("ContainerImageTags", "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(tag => $"tag {(registry.Length > 0 ? registry + "/" : "")}{image.Metadata["ContainerRepository"]}:{tag}");
    }

    private static string Normal(string tag) => tag.LastIndexOf(':') > tag.LastIndexOf('/') ? tag : tag + ":latest";

    private static string Attributes(JsonElement cache) =>
        string.Join(' ', cache.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => $"{member.Name}={member.Value.GetString()}"));

    private static void AddIf(SortedSet<string> facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Add($"{name} {value}");
        }
    }

    private static string Full(string folder, string path) =>
        path.Contains("://", StringComparison.Ordinal) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, path)));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? value.ValueKind is JsonValueKind.True ? "true" : value.ValueKind is JsonValueKind.False ? null : value.GetString()
        : null;

    private static IEnumerable<JsonProperty> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateObject() : [];

    private static IEnumerable<JsonElement> Elements(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateArray() : [];
}
