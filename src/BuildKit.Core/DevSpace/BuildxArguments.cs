using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Turns the free arguments of an engine into settings and items of ours; what is not known is passed on
/// (https://docs.docker.com/reference/cli/docker/buildx/build/).
/// </summary>
/// <param name="description">The image.</param>
/// <param name="folder">Full path of the folder that paths are relative to.</param>
/// <param name="sink">Gets BK6113 and BK6115.</param>
internal sealed class BuildxArguments(ImageDescription description, string folder, IDiagnosticSink sink)
{
    private static readonly string[] Switches =
        ["--push", "--load", "--pull", "--no-cache", "--quiet", "-q", "--debug", "-D", "--check", "--force-rm", "--rm", "--compress", "--squash"];

    private static readonly string[] Credentials = ["token", "ghtoken", "access_key_id", "secret_access_key", "session_token"];

    // Ours to give: where the result is described, how progress is shown, what is built.
    private static readonly Dictionary<string, string> Ours = new(StringComparer.Ordinal)
    {
        ["--metadata-file"] = "the result is in @(BuildKitImage)",
        ["--iidfile"] = "the result is in @(BuildKitImage)",
        ["--progress"] = "set BuildKitProgress",
        ["--quiet"] = "the log's verbosity decides",
        ["-q"] = "the log's verbosity decides",
        ["--debug"] = "the log's verbosity decides",
        ["-D"] = "the log's verbosity decides",
        ["--builder"] = "set BuildKitBuilder",
        ["--call"] = "it is not a build",
        ["--check"] = "it is not a build",
        ["--file"] = "use dockerfile",
        ["-f"] = "use dockerfile",
        ["--annotation"] = "annotations have no item yet",
        ["--attest"] = "set BuildKitProvenance or BuildKitSbom",
        ["--squash"] = "BuildKit has no such option",
        ["--compress"] = "BuildKit has no such option",
        ["--force-rm"] = "BuildKit has no such option",
        ["--rm"] = "BuildKit has no such option",
    };

    /// <summary>Registry that the image goes to; empty for the local engine or when it is not known.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Reads a list of arguments.</summary>
    public void Read(IReadOnlyList<YamlScalar> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            // "--platform", "linux/amd64": the value is the next entry.
            if (value is null && name.StartsWith('-') && !Switches.Contains(name) && i + 1 < arguments.Count
                && !arguments[i + 1].Value.StartsWith('-'))
            {
                value = arguments[++i].Value;
            }

            Read(name, value, arguments[i].Location);
        }
    }

    private (string Name, string? Value) Split(YamlScalar argument)
    {
        var text = argument.Value.Trim();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && text.StartsWith('-') && (equals < 0 || blank < equals))
        {
            sink.Report(DevSpaceDiagnostics.TwoArgumentsInOne.At(argument.Location, text));
            return (text[..blank], text[blank..].Trim());
        }

        return equals > 0 && text.StartsWith('-') ? (text[..equals], text[(equals + 1)..]) : (text, null);
    }

    private void Read(string name, string? given, SourceLocation at)
    {
        var value = given ?? "";
        switch (name)
        {
            case "--cache-from":
                AddCache("BuildKitCacheFrom", value, at);
                break;
            case "--cache-to":
                AddCache("BuildKitCacheTo", value, at);
                break;
            case "--build-arg":
                var pair = value.Split('=', 2);
                description.AddBuildArgument(pair[0], pair.Length == 2 ? pair[1] : null);
                break;
            case "--secret":
                AddSecret(value, at);
                break;
            case "--ssh":
                var agent = value.Split('=', 2);
                description.Add("BuildKitSsh", agent[0], ("Path", agent.Length == 2 ? FullPath(agent[1], at) : ""));
                break;
            case "--build-context":
                var context = value.Split('=', 2);
                description.Add("BuildKitNamedContext", context[0],
                    ("Source", context.Length < 2 || NamedContext.HasScheme(context[1]) ? context[^1] : FullPath(context[1], at)));
                break;
            case "--add-host":
                var host = value.Split(value.Contains('=', StringComparison.Ordinal) ? '=' : ':', 2);
                description.Add("BuildKitExtraHost", host[0], ("Address", host[^1]));
                break;
            case "--label":
                var label = value.Split('=', 2);
                description.Add("ContainerLabel", label[0], ("Value", label.Length == 2 ? label[1] : ""));
                break;
            case "--output" or "-o":
                AddOutput(value, at);
                break;
            case "--tag" or "-t":
                AddTag(value, at);
                break;
            case "--platform":
                description.Set("BuildKitPlatforms", value);
                break;
            case "--target":
                description.Set("BuildKitTargetStage", value);
                break;
            case "--network":
                description.Set("BuildKitNetwork", value);
                break;
            case "--provenance":
                description.Set("BuildKitProvenance", value.Length == 0 ? "min" : value);
                break;
            case "--sbom":
                description.Set("BuildKitSbom", value.Length == 0 ? "true" : value);
                break;
            case "--no-cache" or "--pull" or "--push" or "--load":
                var property = name switch
                {
                    "--no-cache" => "BuildKitNoCache",
                    "--pull" => "BuildKitPull",
                    "--push" => "BuildKitPush",
                    _ => "BuildKitLoad"
                };
                description.Set(property, value == "false" ? "false" : "true");
                break;
            default:
                PassOn(name, given, at);
                break;
        }
    }

    private void PassOn(string name, string? value, SourceLocation at)
    {
        if (name == "--progress" && value is "plain" or "auto")
        {
            // BuildKitProgress of the project decides; plain is its default in CI.
            return;
        }

        if (Ours.TryGetValue(name, out var why))
        {
            NotCarried(value is null ? name : $"{name}={value}", why, at);
        }
        else if (!name.StartsWith('-'))
        {
            NotCarried(name, "it is no option", at);
        }
        else
        {
            description.Add("BuildKitBuildOption", value is null ? name : $"{name}={value}");
        }
    }

    private void AddCache(string item, string value, SourceLocation at)
    {
        var cache = CacheReference.Parse(value);
        if (cache.Type is "local")
        {
            cache = cache with
            {
                Attributes = [
                    .. cache.Attributes.Select(a => a.Key is "src" or "dest" ? new KeyValuePair<string, string>(a.Key, FullPath(a.Value, at)) : a)]
            };
        }

        if (cache.Type == "registry" && Registry.Length > 0 && Registry is not ("docker.io" or "index.docker.io")
            && Images.ImageReference.TryParse(cache.Reference) is { Registry.Length: 0 } bare
            && (!bare.Repository.Contains('/', StringComparison.Ordinal)
                || bare.Repository == description.Metadata.GetValueOrDefault("ContainerRepository")))
        {
            sink.Report(DevSpaceDiagnostics.CacheElsewhere.At(at, cache.Reference, Registry));
        }

        var known = CacheBackend.AttributesOf(cache.Type);
        foreach (var unknown in cache.Attributes.Where(attribute => !known.Contains(attribute.Key.ToLowerInvariant())))
        {
            NotCarried($"{unknown.Key}={unknown.Value}", $"a {cache.Type} cache has no such attribute", at);
        }

        foreach (var credential in cache.Attributes.Where(attribute => Credentials.Contains(attribute.Key.ToLowerInvariant())))
        {
            NotCarried(credential.Key, "a credential in an item would be in logs; the backend finds it in its environment variables", at);
        }

        description.Add(item, cache.Reference.Length > 0 ? cache.Reference : cache.Type,
            [("Type", cache.Type), .. cache.Attributes
                .Where(a => known.Contains(a.Key.ToLowerInvariant()) && !Credentials.Contains(a.Key.ToLowerInvariant()))
                .Select(a => (CacheBackend.MetadataOf(a.Key.ToLowerInvariant()), a.Value))]);
    }

    private void AddSecret(string value, SourceLocation at)
    {
        var fields = Csv.Fields(value).Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
            .ToLookup(field => field[0], field => field[1]);
        var id = fields["id"].FirstOrDefault("");
        var file = fields["src"].Concat(fields["source"]).FirstOrDefault("");
        var variable = fields["env"].FirstOrDefault("");
        // Without a source buildx takes the variable of that name; DevSpace leaves it to buildx.
        description.Add("BuildKitSecret", id, ("File", file.Length > 0 ? FullPath(file, at) : ""),
            ("EnvironmentVariable", variable.Length > 0 || file.Length > 0 ? variable : id));
    }

    private void AddOutput(string value, SourceLocation at)
    {
        var fields = Csv.Fields(value).Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
            .GroupBy(field => field[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
        var type = fields.GetValueOrDefault("type", "local");
        if (!BuildOutput.Kinds.ContainsKey(type))
        {
            NotCarried($"--output={value}", "there is no such output here", at);
            return;
        }

        description.Add("BuildKitOutput", type == "image" && fields.GetValueOrDefault("push") == "true" ? "registry" : type,
            ("Path",
                fields.GetValueOrDefault("dest", value.Contains('=', StringComparison.Ordinal) ? "" : value) is { Length: > 0 } path
                    ? FullPath(path, at)
                    : ""));
    }

    private void AddTag(string value, SourceLocation at)
    {
        var reference = Images.ImageReference.TryParse(value);
        if (reference?.Repository == description.Metadata.GetValueOrDefault("ContainerRepository")
            && reference?.Registry == description.Metadata.GetValueOrDefault("ContainerRegistry", ""))
        {
            var tags = description.Metadata.GetValueOrDefault("ContainerImageTags", "");
            description.Set("ContainerImageTags", tags.Length == 0 ? reference!.Tag : $"{tags};{reference!.Tag}");
            return;
        }

        NotCarried($"--tag {value}", "it is another image name; write another entry under images", at);
    }

    private void NotCarried(string what, string why, SourceLocation at) => sink.Report(DevSpaceDiagnostics.NotCarried.At(at, what, why));

    private string FullPath(string path, SourceLocation at) => WrittenPath.Full(folder, path, at);
}
