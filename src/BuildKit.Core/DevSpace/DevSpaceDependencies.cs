using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads <c>dependencies</c>: other DevSpace projects whose images are built first.</summary>
internal static class DevSpaceDependencies
{
    /// <summary>The dependencies by name: a map in v2, a list in v1.</summary>
    public static IEnumerable<(string Name, YamlFields Fields)> Read(YamlMap root, DevSpaceVariables variables, IDiagnosticSink sink)
    {
        var section = root["dependencies"] is { } written ? variables.Fill(written, "dependencies") : null;
        variables.RefuseMissing();
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
            sink.Report(DevSpaceDiagnostics.NotCarried.At(dependency.Map.Location, dependency.Name,
                "only projects on this machine are read; fetch it and use its path"));
            return null;
        }

        var full = WrittenPath.Full(folder, path, source.At("path"));
        var name = source.Text("configName") is { Length: > 0 } other ? other : "devspace.yaml";
        return Directory.Exists(full) ? Path.Combine(full, name) : full;
    }

    /// <summary>The options that a dependency is read with: its own profiles, and what the command line gives.</summary>
    /// <param name="name">Its name, which is DEVSPACE_NAME in it.</param>
    /// <param name="dependency">The dependency.</param>
    /// <param name="options">The options of the file that names it.</param>
    /// <param name="variables">The variables of that file.</param>
    /// <param name="version">Number of that file's version; up to v1beta10 its variables go along by default (v1beta10/upgrade.go).</param>
    public static DevSpaceOptions OptionsOf(string name, YamlFields dependency, DevSpaceOptions options, DevSpaceVariables variables, int version)
    {
        var values = new Dictionary<string, string>(options.Variables, StringComparer.Ordinal);
        if (dependency.Switch("overwriteVars") ?? version <= 10)
        {
            foreach (var (variable, value) in variables.All())
            {
                values[variable] = value;
            }
        }

        foreach (var entry in (dependency.Map["vars"] as YamlMap)?.Entries ?? [])
        {
            values[entry.Key] = dependency.Text(entry.Value, $"{dependency.Name}.vars.{entry.Key}").Trim();
        }

        // v1 has a list of names and values.
        foreach (var item in (dependency.Map["vars"] as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            values[(item["name"] as YamlScalar)?.Value ?? ""] = (item["value"] as YamlScalar)?.Value ?? "";
        }

        var profiles = (dependency.Texts("profileParents") ?? []).Concat(dependency.Texts("profiles") ?? []).Select(profile => profile.Value);
        var single = dependency.Text("profile");
        return options with
        {
            Name = name,
            Variables = values,
            Profiles = [.. profiles, .. single.Length > 0 ? [single] : Array.Empty<string>()],
            ProfileActivation = options.ProfileActivation && dependency.Switch("disableProfileActivation") != true,
        };
    }
}
