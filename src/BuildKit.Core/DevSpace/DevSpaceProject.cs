using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Reads devspace.yaml (https://www.devspace.sh/docs/configuration/reference) without a cluster and without DevSpace:
/// imports, then profiles, then variables, in DevSpace's order, then the images, those of dependencies first.
/// </summary>
public static class DevSpaceProject
{
    /// <summary>Reads the images that DevSpace would build.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx.</param>
    /// <returns>The images in the order written; what is wrong is told and left out.</returns>
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
        var isVersion1 = (root["version"] as YamlScalar)!.Value != DevSpaceSchema.Latest;
        new YamlFields(root, Path.GetFileName(file), sink).RefuseOthers(isVersion1 ? DevSpaceSchema.TopOfVersion1 : DevSpaceSchema.Top);
        var folder = Path.GetDirectoryName(file)!;
        var files = new DevSpaceFiles(file, sink);
        options = WithEnvironmentFile(root, folder, options);
        var variables = new DevSpaceVariables(folder, Name(root, folder), options, sink);
        new DevSpaceImports(files, variables, sink).Merge(root, folder, file);
        variables.Define(root["vars"]);
        var change = new ProfileChange(variables, sink);
        foreach (var profile in new DevSpaceProfiles(files, variables, options, sink).Select(root))
        {
            change.Apply(root, profile);
        }

        variables.Define(root["vars"]);
        var images = Dependencies(root, folder, options, variables, sink, prefix, [.. above, file]);
        var reader = new DevSpaceImageReader(folder, isVersion1, sink);
        var main = new YamlFields(root, Path.GetFileName(file), sink);
        foreach (var entry in main.Fields("images")?.Map.Entries.ToList() ?? [])
        {
            if (Filled(entry, variables, sink) is { } filled && reader.Read(entry.Key, filled, prefix) is { } image)
            {
                images.Add(image);
            }
        }

        return images;
    }

    // A variable without a value is the fault of one image; the others are read, so that all is told at once.
    private static YamlEntry? Filled(YamlEntry entry, DevSpaceVariables variables, IDiagnosticSink sink)
    {
        try
        {
            // A command of the custom engine is DevSpace's to fill in, when it runs it.
            if (entry.Value is YamlMap image)
            {
                foreach (var engines in new[] { image, image["build"] as YamlMap })
                {
                    if (engines?.Find("custom") is { Value: YamlMap } custom)
                    {
                        engines.Set("custom", new YamlMap(custom.Value.Location), custom.Location);
                    }
                }
            }

            return entry with { Value = variables.Fill(entry.Value) };
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(sink.Report);
            return null;
        }
    }

    private static List<DevSpaceImage> Dependencies(
        YamlMap root, string folder, DevSpaceOptions options, DevSpaceVariables variables, IDiagnosticSink sink, string prefix, string[] above)
    {
        var images = new List<DevSpaceImage>();
        foreach (var (name, dependency) in DevSpaceDependencies.Read(root, variables, sink))
        {
            if (DevSpaceDependencies.FileOf(dependency, folder, sink) is not { } file)
            {
                continue;
            }

            var inner = DevSpaceDependencies.OptionsOf(dependency, options);
            images.AddRange(Read(file, dependency.Map.Location, inner, sink, $"{prefix}{name}-", above));
        }

        return images;
    }

    private static string Name(YamlMap root, string folder) =>
        (root["name"] as YamlScalar)?.Value is { Length: > 0 } name ? name : Path.GetFileName(folder).ToLowerInvariant();

    // The variable DEVSPACE_ENV_FILE names a file of NAME=VALUE lines that are environment variables for this file.
    private static DevSpaceOptions WithEnvironmentFile(YamlMap root, string folder, DevSpaceOptions options)
    {
        var named = (root["vars"] as YamlMap)?["DEVSPACE_ENV_FILE"] as YamlScalar;
        var path = options.Environment.GetValueOrDefault("DEVSPACE_ENV_FILE", named?.Value ?? "");
        var full = path.Length == 0 ? "" : Path.Combine(folder, path);
        return File.Exists(full) ? options with { Environment = EnvironmentFile.Join(full, options.Environment) } : options;
    }
}
