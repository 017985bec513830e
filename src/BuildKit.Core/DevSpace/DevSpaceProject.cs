using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Reads devspace.yaml (https://www.devspace.sh/docs/configuration/reference) without a cluster and without DevSpace:
/// imports, then profiles, then variables, in DevSpace's order, then the images, those of dependencies first.
/// </summary>
internal static class DevSpaceProject
{
    /// <summary>Reads the images that DevSpace would build.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx.</param>
    /// <returns>The images in the order written; what is wrong is reported and left out.</returns>
    public static IReadOnlyList<DevSpaceImage> Read(string file, DevSpaceOptions options, IDiagnosticSink sink)
    {
        try
        {
            return Read(file, new SourceLocation(file), options, sink, "");
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(sink.Report);
            return [];
        }
    }

    private static List<DevSpaceImage> Read(
        string file, SourceLocation usedAt, DevSpaceOptions options, IDiagnosticSink sink, string prefix, params string[] above)
    {
        if (above.Contains(file) || above.Length > 20)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(usedAt, "dependencies", string.Join(" -> ", [.. above, file])));
        }

        var root = DevSpaceFiles.Read(file, usedAt);
        var version = Array.IndexOf(DevSpaceSchema.Versions, (root["version"] as YamlScalar)!.Value) + 1;
        new YamlFields(root, Path.GetFileName(file), sink).RefuseOthers(DevSpaceSchema.Top(version));
        var folder = Path.GetDirectoryName(file)!;
        var files = new DevSpaceFiles(file, sink);
        options = WithEnvironmentFile(root, version, folder, options);
        var variables = new DevSpaceVariables(folder, options.Name.Length > 0 ? options.Name : Name(root, folder), options, sink);
        new DevSpaceImports(files, variables, sink).Merge(root, folder, file);
        variables.Define(root["vars"]);
        var change = new ProfileChange(variables, sink);
        foreach (var profile in new DevSpaceProfiles(files, variables, options, sink).Select(root))
        {
            change.Apply(root, profile);
        }

        variables.RefuseMissing();
        variables.Define(root["vars"]);
        var images = Dependencies(root, version, options, variables, sink, prefix, [.. above, file]);
        images.AddRange(Images(root, new DevSpaceImageReader(folder, version, sink), variables, sink, prefix));
        return images;
    }

    // A variable without a value is the fault of one image; the others are read, so that all is reported at once.
    private static List<DevSpaceImage> Images(
        YamlMap root, DevSpaceImageReader reader, DevSpaceVariables variables, IDiagnosticSink sink, string prefix)
    {
        var images = new List<DevSpaceImage>();
        var main = new YamlFields(root, Path.GetFileName(root.Location.File), sink);
        foreach (var entry in main.Fields("images")?.Map.Entries.ToList() ?? [])
        {
            if (reader.IsCustom(entry))
            {
                reader.LeaveCustom(entry);
                continue;
            }

            var (missing, filled) = (variables.Missing.Count, variables.Filled.Count);
            if (Filled(entry, variables, sink) is { } whole && variables.Missing.Count == missing
                && reader.Read(entry.Key, whole, prefix) is { } image)
            {
                images.Add(image with { Filled = [.. variables.Filled.Skip(filled)] });
            }
        }

        if (variables.Missing.ToDiagnostic() is { } diagnostic)
        {
            sink.Report(diagnostic);
        }

        return images;
    }

    private static YamlEntry? Filled(YamlEntry entry, DevSpaceVariables variables, IDiagnosticSink sink)
    {
        try
        {
            return entry with { Value = variables.Fill(entry.Value, $"images.{entry.Key}") };
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(sink.Report);
            return null;
        }
    }

    private static List<DevSpaceImage> Dependencies(
        YamlMap root, int version, DevSpaceOptions options, DevSpaceVariables variables, IDiagnosticSink sink, string prefix, string[] above)
    {
        var images = new List<DevSpaceImage>();
        foreach (var (name, dependency) in DevSpaceDependencies.Read(root, variables, sink))
        {
            if (DevSpaceDependencies.FileOf(dependency, Path.GetDirectoryName(root.Location.File)!, sink) is not { } file)
            {
                continue;
            }

            var inner = DevSpaceDependencies.OptionsOf(name, dependency, options, variables, version);
            images.AddRange(Read(file, dependency.Map.Location, inner, sink, $"{prefix}{name}-", above));
        }

        return images;
    }

    private static string Name(YamlMap root, string folder) =>
        (root["name"] as YamlScalar)?.Value is { Length: > 0 } name ? name : Path.GetFileName(folder).ToLowerInvariant();

    // The variable DEVSPACE_ENV_FILE names a file of NAME=VALUE lines that are environment variables for this file; before
    // v2beta1 it is .env (v1beta11/upgrade.go).
    private static DevSpaceOptions WithEnvironmentFile(YamlMap root, int version, string folder, DevSpaceOptions options)
    {
        var named = (root["vars"] as YamlMap)?["DEVSPACE_ENV_FILE"];
        var written = ((named as YamlMap)?["value"] ?? (named as YamlMap)?["default"] ?? named) as YamlScalar;
        var byDefault = version < DevSpaceSchema.LatestNumber ? ".env" : "";
        var path = options.Environment.GetValueOrDefault("DEVSPACE_ENV_FILE", written?.Value ?? byDefault);
        var full = path.Length == 0 ? "" : Path.Combine(folder, path);
        return File.Exists(full) ? options with { Environment = EnvironmentFile.Join(full, options.Environment) } : options;
    }
}
