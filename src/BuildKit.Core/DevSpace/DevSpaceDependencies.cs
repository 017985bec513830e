using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads <c>dependencies</c>: other DevSpace projects whose images are built first.</summary>
internal static class DevSpaceDependencies
{
    /// <summary>The dependencies by name: a map in v2, a list in v1.</summary>
    public static IEnumerable<(string Name, YamlFields Fields)> Read(YamlMap root, DevSpaceVariables variables, IDiagnosticSink sink)
    {
        var section = root["dependencies"] is { } written ? variables.Fill(written) : null;
        var maps = section switch
        {
            YamlMap map => map.Entries.Select(entry => (entry.Key, entry.Value)),
            YamlList list => list.Items.Select(item => (((item as YamlMap)?["name"] as YamlScalar)?.Value ?? "", item)),
            _ => [],
        };
        foreach (var (name, value) in maps)
        {
            if (value is not YamlMap map)
            {
                sink.Report(DevSpaceDiagnostics.WrongKind.At(value.Location, $"dependencies.{name}", "a map", value.Kind));
                continue;
            }

            var fields = new YamlFields(map, $"dependencies.{name}", sink);
            if (fields.Switch("disabled") != true && fields.Switch("skipBuild") != true)
            {
                yield return (name, fields);
            }
        }
    }

    /// <summary>Full path of a dependency's file; null, with BK6113, when it is on another machine.</summary>
    public static string? FileOf(YamlFields dependency, string folder, IDiagnosticSink sink)
    {
        var source = dependency.Fields("source") ?? dependency;
        var path = source.Text("path");
        if (path.Length == 0 || path.Contains("://", StringComparison.Ordinal))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(dependency.Map.Location, dependency.Name, "only projects on this machine are read; fetch it and use its path"));
            return null;
        }

        var full = WrittenPath.Full(folder, path, source.At("path"));
        var name = source.Text("configName") is { Length: > 0 } other ? other : "devspace.yaml";
        return Directory.Exists(full) ? Path.Combine(full, name) : full;
    }

    /// <summary>The options that a dependency is read with: its own profiles and variables.</summary>
    public static DevSpaceOptions OptionsOf(YamlFields dependency, DevSpaceOptions options)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (dependency.Switch("overwriteVars") == true)
        {
            variables = new(options.Variables, StringComparer.Ordinal);
        }

        foreach (var entry in (dependency.Map["vars"] as YamlMap)?.Entries ?? [])
        {
            variables[entry.Key] = dependency.Text(entry.Value, $"{dependency.Name}.vars.{entry.Key}");
        }

        // v1 has a list of names and values.
        foreach (var item in (dependency.Map["vars"] as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            variables[(item["name"] as YamlScalar)?.Value ?? ""] = (item["value"] as YamlScalar)?.Value ?? "";
        }

        var profiles = (dependency.Texts("profileParents") ?? []).Concat(dependency.Texts("profiles") ?? []).Select(profile => profile.Value);
        var single = dependency.Text("profile");
        return options with
        {
            Variables = variables,
            Profiles = [.. profiles, .. single.Length > 0 ? [single] : Array.Empty<string>()],
            ProfileActivation = options.ProfileActivation && dependency.Switch("disableProfileActivation") != true,
        };
    }
}
