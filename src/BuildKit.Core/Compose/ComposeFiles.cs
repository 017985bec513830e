using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Reads compose files and merges them (https://docs.docker.com/reference/compose-file/merge/): later files override
/// earlier ones, included ones come first.
/// </summary>
/// <param name="environment">The environment of the build; each file's folder adds its .env.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeFiles(BuildEnvironment environment, IDiagnosticSink sink)
{
    // Lists that are put after each other; any other list is replaced.
    private static readonly string[] Appended = ["tags", "cache_from", "cache_to", "platforms", "secrets", "ssh", "extra_hosts", "entitlements", "profiles"];

    /// <summary>The environment with the .env file of the project's folder.</summary>
    public static BuildEnvironment EnvironmentOf(string folder, BuildEnvironment environment)
    {
        var file = Path.Combine(folder, ".env");
        return File.Exists(file) ? EnvironmentFile.Join(file, environment) : environment;
    }

    /// <summary>Reads files into one.</summary>
    /// <param name="files">Full paths, in order. With one of a default name, its override file belongs to it.</param>
    /// <exception cref="DiagnosticException">BK6101, BK6102, BK6104, BK6107, BK6121.</exception>
    public YamlMap Read(IReadOnlyList<string> files)
    {
        var folder = Path.GetDirectoryName(files[0])!;
        var merged = new YamlMap(new SourceLocation(files[0]));
        foreach (var file in WithOverride(files))
        {
            Merge(merged, ReadOne(file, folder, new SourceLocation(file), []));
        }

        SetContexts(merged, folder);
        return merged;
    }

    private static IEnumerable<string> WithOverride(IReadOnlyList<string> files)
    {
        if (files.Count > 1 || Path.GetFileNameWithoutExtension(files[0]) is not ("compose" or "docker-compose"))
        {
            return files;
        }

        var stem = Path.Combine(Path.GetDirectoryName(files[0])!, Path.GetFileNameWithoutExtension(files[0]) + ".override");
        return [files[0], .. new[] { stem + ".yaml", stem + ".yml" }.Where(File.Exists).Take(1)];
    }

    private YamlMap ReadOne(string file, string folder, SourceLocation usedAt, string[] above)
    {
        if (above.Contains(file) || above.Length > 20)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(usedAt, "includes", string.Join(" -> ", [.. above.Select(Path.GetFileName), Path.GetFileName(file)])));
        }

        var root = Load(file, usedAt);
        var filled = (YamlMap)new ComposeInterpolation(EnvironmentOf(folder, environment)).Fill(root);
        var result = new YamlMap(root.Location);
        foreach (var include in (filled["include"] as YamlList)?.Items ?? [])
        {
            foreach (var (path, at) in Paths(include))
            {
                var full = WrittenPath.Full(Path.GetDirectoryName(file)!, path, at);
                var included = ReadOne(full, Path.GetDirectoryName(full)!, at, [.. above, file]);
                SetContexts(included, Path.GetDirectoryName(full)!);
                Merge(result, included);
            }
        }

        if (filled["services"] is YamlMap services)
        {
            new ComposeExtends(this, file, sink).Apply(services);
            Resolve(services, folder);
        }

        Merge(result, filled);
        return result;
    }

    /// <summary>Reads a file as it is.</summary>
    public static YamlMap Load(string file, SourceLocation usedAt)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.FileNotFound.At(usedAt, "The path", file, "the file that names it"));
        }

        return YamlReader.Read(text, file) switch
        {
            YamlMap map => map,
            var other => throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(
                other?.Location ?? new SourceLocation(file, 1, 1), "the file", "a map", other?.Kind ?? "empty")),
        };
    }

    /// <summary>Fills in the variables of a file that another one extends.</summary>
    public YamlMap Filled(string file, SourceLocation usedAt) =>
        (YamlMap)new ComposeInterpolation(EnvironmentOf(Path.GetDirectoryName(file)!, environment)).Fill(Load(file, usedAt));

    /// <summary>Merges a map into another.</summary>
    public static void Merge(YamlMap target, YamlMap change)
    {
        foreach (var entry in change.Entries)
        {
            var there = ComposeLists.AsMap(entry.Key, target[entry.Key]);
            var value = ComposeLists.AsMap(entry.Key, entry.Value);
            if (there is YamlMap map && value is YamlMap other)
            {
                var copy = (YamlMap)map.Clone();
                Merge(copy, other);
                target.Set(entry.Key, copy, entry.Location);
            }
            else if (there is YamlList list && value is YamlList added && Appended.Contains(entry.Key))
            {
                var all = new YamlList(list.Location);
                all.Items.AddRange(list.Items);
                all.Items.AddRange(added.Items);
                target.Set(entry.Key, all, entry.Location);
            }
            else
            {
                target.Set(entry.Key, value ?? entry.Value, entry.Location);
            }
        }
    }

    // Only when all is merged: an override that names no context leaves the one that is there.
    private static void SetContexts(YamlMap root, string folder)
    {
        foreach (var build in (root["services"] as YamlMap)?.Entries.Select(entry => (entry.Value as YamlMap)?["build"]).OfType<YamlMap>() ?? [])
        {
            if (!build.Contains("context"))
            {
                build.Set("context", new YamlScalar(build.Location, folder));
            }
        }
    }

    // Paths become full before files are merged: each is relative to the folder of its project, which is the first file's.
    private static void Resolve(YamlMap services, string folder)
    {
        foreach (var service in services.Entries.Select(entry => entry.Value).OfType<YamlMap>())
        {
            if (service["build"] is YamlScalar { IsNull: false } shorthand)
            {
                var build = new YamlMap(shorthand.Location);
                build.Set("context", shorthand);
                service.Set("build", build);
            }

            if (service["build"] is YamlMap { } found && found["context"] is YamlScalar context && !Requests.NamedContext.HasScheme(context.Text))
            {
                found.Set("context", new YamlScalar(context.Location, Path.TrimEndingDirectorySeparator(WrittenPath.Full(folder, context.Text, context.Location))));
            }
        }
    }

    private static IEnumerable<(string Path, SourceLocation At)> Paths(YamlNode include) => include switch
    {
        YamlScalar scalar => [(scalar.Value, scalar.Location)],
        YamlMap map when map["path"] is YamlScalar path => [(path.Value, path.Location)],
        YamlMap map when map["path"] is YamlList list => list.Items.OfType<YamlScalar>().Select(path => (path.Value, path.Location)),
        _ => [],
    };
}
