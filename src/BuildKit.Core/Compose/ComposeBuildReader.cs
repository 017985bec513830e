using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Turns the <c>build</c> section of a service into settings and items
/// (https://docs.docker.com/reference/compose-file/build/), with bake's extension <c>x-bake</c>.
/// </summary>
/// <param name="root">The whole file, which defines secrets.</param>
/// <param name="folder">Full path of the project's folder.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeBuildReader(YamlMap root, string folder, IDiagnosticSink sink)
{
    private static readonly string[] Known =
    [
        "context", "dockerfile", "dockerfile_inline", "args", "ssh", "cache_from", "cache_to", "additional_contexts", "extra_hosts",
        "isolation", "privileged", "labels", "no_cache", "pull", "network", "shm_size", "target", "secrets", "tags", "ulimits",
        "platforms", "entitlements", "provenance", "sbom", "x-bake",
    ];

    /// <summary>Adds everything but the names of the image.</summary>
    public void Read(ImageDescription image, YamlFields build)
    {
        foreach (var entry in build.Map.Entries.Where(entry => !Known.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(entry.Location, $"{build.Name}.{entry.Key}", "there is no such key in what is read here"));
        }

        var arguments = new BuildxArguments(image, folder, sink);
        var options = new List<YamlScalar>();
        image.Set("BuildKitContext", build.Text("context"));
        image.Set("BuildKitTargetStage", build.Text("target"));
        image.Set("BuildKitNetwork", build.Text("network"));
        image.Set("BuildKitNoCache", build.Switch("no_cache") == true ? "true" : "");
        image.Set("BuildKitPull", build.Switch("pull") == true ? "true" : "");
        Each(build, "args", (name, value) => image.AddBuildArgument(name, value));
        Each(build, "labels", (name, value) => image.Add("ContainerLabel", name, ("Value", value ?? "")));
        Each(build, "additional_contexts", (name, value) => AddContext(image, build, name, value ?? ""));
        foreach (var (key, option) in new[] { ("cache_from", "--cache-from"), ("cache_to", "--cache-to"), ("ssh", "--ssh"), ("extra_hosts", "--add-host"), ("entitlements", "--allow") })
        {
            options.AddRange(Values(build.Map[key]).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
        }

        foreach (var (key, option) in new[] { ("shm_size", "--shm-size"), ("provenance", "--provenance"), ("sbom", "--sbom") })
        {
            options.AddRange(ComposeLists.Texts(build.Map[key]).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
        }

        options.AddRange((build.Map["ulimits"] as YamlMap)?.Entries.Select(limit => new YamlScalar(limit.Location, $"--ulimit={limit.Key}={Limit(limit.Value)}")) ?? []);
        image.Set("BuildKitPlatforms", string.Join(',', ComposeLists.Texts(build.Map["platforms"]).Select(text => text.Value)));
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

    private static IEnumerable<YamlScalar> Values(YamlNode? node) => node is YamlMap map
        ? map.Entries.Select(entry => new YamlScalar(entry.Location, entry.Value is YamlScalar { IsNull: false } value ? $"{entry.Key}={value.Value}" : entry.Key))
        : ComposeLists.Texts(node);

    private static string Limit(YamlNode node) => node is YamlMap map
        ? $"{(map["soft"] as YamlScalar)?.Value}:{(map["hard"] as YamlScalar)?.Value}"
        : (node as YamlScalar)?.Value ?? "";

    private static void Each(YamlFields fields, string key, Action<string, string?> add)
    {
        if (ComposeLists.AsMap(key, fields.Map[key]) is YamlMap map)
        {
            foreach (var entry in map.Entries)
            {
                add(entry.Key, entry.Value is YamlScalar { IsNull: true } ? null : fields.Text(entry.Value, $"{fields.Name}.{key}.{entry.Key}"));
            }
        }
    }

    private void AddContext(ImageDescription image, YamlFields build, string name, string source)
    {
        if (source.StartsWith("service:", StringComparison.Ordinal))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(build.At("additional_contexts"), $"{build.Name}.additional_contexts.{name} ({source})",
                "an image that is built on another of the same file needs one bake of both"));
            return;
        }

        image.Add("BuildKitNamedContext", name, ("Source", NamedContext.HasScheme(source) ? source : WrittenPath.Full(folder, source, build.At("additional_contexts"))));
    }

    private void AddSecret(ImageDescription image, YamlNode node)
    {
        var name = ((node as YamlMap)?["source"] ?? node) as YamlScalar;
        var id = ((node as YamlMap)?["target"] as YamlScalar)?.Value ?? name?.Value ?? "";
        if (name is null || (root["secrets"] as YamlMap)?[name.Value] is not YamlMap definition)
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(node.Location, $"The secret \"{name?.Value}\"", "it is not defined under secrets with file or environment"));
            return;
        }

        var file = (definition["file"] as YamlScalar)?.Value ?? "";
        image.Add("BuildKitSecret", id,
            ("File", file.Length == 0 ? "" : WrittenPath.Full(folder, file, node.Location)),
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
                    image.Set("BuildKitPlatforms", string.Join(',', ComposeLists.Texts(entry.Value).Select(text => text.Value)));
                    break;
                case "contexts":
                    Each(bake, "contexts", (name, value) => AddContext(image, bake, name, value ?? ""));
                    break;
                case var _ when option.Length > 0:
                    options.AddRange(ComposeLists.Texts(entry.Value).Select(value => new YamlScalar(value.Location, $"{option}={value.Value}")));
                    break;
                default:
                    sink.Report(DevSpaceDiagnostics.NotCarried.At(entry.Location, $"{bake.Name}.{entry.Key}", "it is bake's own and has no counterpart here"));
                    break;
            }
        }
    }
}
