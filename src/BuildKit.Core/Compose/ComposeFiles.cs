using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Reads compose files and merges them (https://docs.docker.com/reference/compose-file/merge/): later files override
/// earlier ones, included ones come first.
/// </summary>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeFiles(IDiagnosticSink sink)
{
    /// <summary>Reads files into one.</summary>
    /// <param name="files">Full paths, in order. With one of a default name, its override file belongs to it.</param>
    /// <param name="project">The project: the folder is the first file's.</param>
    /// <exception cref="DiagnosticException">BK6101, BK6102, BK6104, BK6107, BK6121.</exception>
    public YamlMap Read(IReadOnlyList<string> files, ComposeProject project)
    {
        var merged = new YamlMap(new SourceLocation(files[0]));
        foreach (var file in WithOverride(files))
        {
            ComposeMerge.Merge(merged, ReadOne(file, project, new SourceLocation(file), []));
        }

        SetContexts(merged, project.Folder);
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

    private YamlMap ReadOne(string file, ComposeProject project, SourceLocation usedAt, string[] above)
    {
        if (above.Contains(file) || above.Length > 20)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(
                usedAt, "includes", string.Join(" -> ", [.. above.Select(Path.GetFileName), Path.GetFileName(file)])));
        }

        var filled = project.Filled(file, usedAt);
        if (filled["services"] is YamlMap services)
        {
            new ComposeExtends(project, file, sink).Apply(services);
        }

        project.PathsIn(project.Folder).Resolve(filled);
        var includes = (filled["include"] as YamlList)?.Items ?? [];
        if (includes.Count == 0)
        {
            // As it is: what it resets is reset in the file that it goes over.
            return filled;
        }

        var result = new YamlMap(filled.Location);
        includes.ForEach(include => ComposeMerge.Merge(result, Included(include, project, [.. above, file])));
        ComposeMerge.Merge(result, filled);
        return result;
    }

    // An included file is a project of its own: with its own folder, environment file and overrides.
    private YamlMap Included(YamlNode include, ComposeProject project, string[] above)
    {
        var fields = include as YamlMap;
        var paths = ComposeLists.Texts(fields is null ? include : fields["path"]).Select(path => (Full: Full(project, path), path.Location)).ToList();
        var merged = new YamlMap(include.Location);
        if (paths.Count == 0)
        {
            return merged;
        }

        var folder = fields?["project_directory"] is YamlScalar { IsNull: false } named ? Full(project, named)
            : Path.GetDirectoryName(paths[0].Full)!;
        var environmentFiles = ComposeLists.Texts(fields?["env_file"]).ToList();
        foreach (var missing in environmentFiles.Where(path => path.Value != "/dev/null" && !File.Exists(Full(project, path))))
        {
            throw new DiagnosticException(DevSpaceDiagnostics.FileNotFound.At(missing.Location, "include.env_file", missing.Value, project.Folder));
        }

        var inner = environmentFiles.Count == 0
            ? ComposeProject.In(folder, project.Environment)
            : new ComposeProject(folder, project.Environment).With(environmentFiles.Select(path => Full(project, path)));
        foreach (var (path, at) in paths)
        {
            ComposeMerge.Merge(merged, ReadOne(path, inner, at, above));
        }

        SetContexts(merged, folder);
        return merged;
    }

    private static string Full(ComposeProject project, YamlScalar path) => WrittenPath.Full(project.Folder, path.Value, path.Location);

    // Only when all is merged: an override that names no context leaves the one that is there.
    private static void SetContexts(YamlMap root, string folder)
    {
        foreach (var build in (root["services"] as YamlMap)?.Entries.Select(entry => (entry.Value as YamlMap)?["build"]).OfType<YamlMap>() ?? [])
        {
            if (build["context"] is null or YamlScalar { IsNull: true })
            {
                build.Set("context", new YamlScalar(build.Location, folder));
            }
        }
    }
}
