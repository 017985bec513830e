using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Turns the <c>build</c> section of a service into settings and items
/// (https://docs.docker.com/reference/compose-file/build/), with bake's extension <c>x-bake</c>.
/// </summary>
/// <param name="root">The whole file, which defines secrets.</param>
/// <param name="project">The project.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeBuildReader(YamlMap root, ComposeProject project, IDiagnosticSink sink)
{
    private static readonly string[] Known =
    [
        "context", "dockerfile", "dockerfile_inline", "args", "ssh", "cache_from", "cache_to", "additional_contexts", "extra_hosts",
        "isolation", "privileged", "labels", "no_cache", "pull", "network", "shm_size", "target", "secrets", "tags", "ulimits",
        "platforms", "entitlements", "provenance", "sbom", "no_cache_filter", "x-bake",
    ];

    private static readonly (string Key, string Option)[] ListOptions =
    [
        ("cache_from", "--cache-from"), ("cache_to", "--cache-to"), ("ssh", "--ssh"), ("extra_hosts", "--add-host"),
        ("entitlements", "--allow"), ("no_cache_filter", "--no-cache-filter"),
    ];

    /// <summary>The environment that buildx gets.</summary>
    public required BuildEnvironment ProcessEnvironment { get; init; }

    /// <summary>The reference of the image of another service, which is built before.</summary>
    public required Func<string, string> ReferenceOf { get; init; }

    /// <summary>Adds everything but the names of the image.</summary>
    public void Read(ImageDescription image, YamlFields build)
    {
        foreach (var entry in build.Map.Entries.Where(entry => !Known.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(entry.Location, $"{build.Name}.{entry.Key}", "there is no such key in what is read here"));
        }

        var arguments = new BuildxArguments(image, project.Folder, sink);
        var options = new List<YamlScalar>();
        image.Set("BuildKitContext", build.Text("context"));
        image.Set("BuildKitTargetStage", build.Text("target"));
        image.Set("BuildKitNetwork", build.Text("network"));
        image.Set("BuildKitNoCache", build.Switch("no_cache") == true ? "true" : "");
        image.Set("BuildKitPull", build.Switch("pull") == true ? "true" : "");
        Each(build, "args", (name, value) => image.AddBuildArgument(name, value ?? FromEnvironmentFile(name)));
        Each(build, "labels", (name, value) => image.Add("ContainerLabel", name, ("Value", value ?? "")));
        Each(build, "additional_contexts", (name, value) => AddContext(image, name, value ?? ""));
        foreach (var (key, option) in ListOptions)
        {
            options.AddRange(ComposeLists.Pairs(build.Map[key]).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
        }

        foreach (var (key, option) in new[] { ("shm_size", "--shm-size"), ("provenance", "--provenance"), ("sbom", "--sbom") })
        {
            options.AddRange(ComposeLists.Texts(build.Map[key]).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
        }

        options.AddRange((build.Map["ulimits"] as YamlMap)?.Entries
            .Select(limit => new YamlScalar(limit.Location, $"--ulimit={limit.Key}={Limit(limit.Value)}")) ?? []);
        image.Set("BuildKitPlatforms", string.Join(',', ComposeLists.Texts(build.Map["platforms"]).Select(text => text.Value).Distinct()));
        foreach (var secret in build.List("secrets")?.Items ?? [])
        {
            AddSecret(image, secret);
        }

        foreach (var key in new[] { "privileged", "isolation" }.Where(build.Map.Contains))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(build.At(key), $"{build.Name}.{key}", "BuildKit has no such option for Linux images"));
        }

        if (build.Fields("x-bake") is { } bake)
        {
            Bake(image, bake, options);
        }

        arguments.Read(options);
    }

    // What is in the environment itself is taken from there by buildx; that is no value of an item.
    private string? FromEnvironmentFile(string name) =>
        ProcessEnvironment.ContainsKey(name) ? null : project.Environment.GetValueOrDefault(name);

    private static string Limit(YamlNode node) => node is YamlMap map
        ? $"{(map["soft"] as YamlScalar)?.Value}:{(map["hard"] as YamlScalar)?.Value}"
        : (node as YamlScalar)?.Value ?? "";

    private void Each(YamlFields fields, string key, Action<string, string?> add)
    {
        foreach (var entry in (ComposeLists.AsMap(key, fields.Map[key]) as YamlMap)?.Entries ?? [])
        {
            if (entry.Value is YamlScalar { IsTime: true } time)
            {
                // Compose refuses a time, which YAML makes of an unquoted date.
                sink.Report(DevSpaceDiagnostics.WrongKind.At(entry.Location, $"{fields.Name}.{key}.{entry.Key}", "a text, a number or a boolean",
                    $"the time {time.Text}, which needs quotes"));
                continue;
            }

            add(entry.Key, entry.Value is YamlScalar { IsNull: true } ? null : fields.Text(entry.Value, $"{fields.Name}.{key}.{entry.Key}"));
        }
    }

    private void AddContext(ImageDescription image, string name, string source) => image.Add("BuildKitNamedContext", name,
        ("Source", ComposeServices.NameIn(source) is { } service ? NamedContext.ImageScheme + ReferenceOf(service)
            : NamedContext.HasScheme(source) ? source
            : WrittenPath.Full(project.Folder, source, image.Location)));

    private void AddSecret(ImageDescription image, YamlNode node)
    {
        var name = ((node as YamlMap)?["source"] ?? node) as YamlScalar;
        var id = ((node as YamlMap)?["target"] as YamlScalar)?.Value ?? name?.Value ?? "";
        if (name is null || (root["secrets"] as YamlMap)?[name.Value] is not YamlMap definition)
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(node.Location, $"The secret \"{name?.Value}\"",
                "it is not defined under secrets with file or environment"));
            return;
        }

        var file = (definition["file"] as YamlScalar)?.Value ?? "";
        image.Add("BuildKitSecret", id,
            ("File", file.Length == 0 ? "" : WrittenPath.Full(project.Folder, file, node.Location)),
            ("EnvironmentVariable", (definition["environment"] as YamlScalar)?.Value ?? ""));
    }

    private void Bake(ImageDescription image, YamlFields bake, List<YamlScalar> options)
    {
        foreach (var entry in bake.Map.Entries)
        {
            var option = entry.Key switch
            {
                "cache-from" => "--cache-from",
                "cache-to" => "--cache-to",
                "secret" => "--secret",
                "ssh" => "--ssh",
                "output" => "--output",
                "tags" => "--tag",
                "pull" => "--pull",
                "no-cache" => "--no-cache",
                "no-cache-filter" => "--no-cache-filter",
                _ => "",
            };
            switch (entry.Key)
            {
                case "platforms":
                    image.Set("BuildKitPlatforms", string.Join(',',
                        ValueList.Split(image.Metadata.GetValueOrDefault("BuildKitPlatforms", ""))
                            .Concat(ComposeLists.Words(entry.Value).Select(text => text.Value)).Distinct()));
                    break;
                case "contexts":
                    Each(bake, "contexts", (name, value) => AddContext(image, name, value ?? ""));
                    break;
                case var _ when option.Length > 0:
                    options.AddRange(ComposeLists.Words(entry.Value).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
                    break;
                default:
                    sink.Report(DevSpaceDiagnostics.NotCarried.At(entry.Location, $"{bake.Name}.{entry.Key}",
                        "it is bake's own and has no counterpart here"));
                    break;
            }
        }
    }
}
