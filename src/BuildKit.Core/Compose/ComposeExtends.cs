using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>Merges services that extend others (https://docs.docker.com/reference/compose-file/services/#extends).</summary>
/// <param name="project">The project that the file belongs to.</param>
/// <param name="file">Full path of the file.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeExtends(ComposeProject project, string file, IDiagnosticSink sink)
{
    /// <summary>Replaces each service by itself on top of what it extends.</summary>
    /// <exception cref="DiagnosticException">BK6101, BK6107, BK6122.</exception>
    public void Apply(YamlMap services)
    {
        foreach (var entry in services.Entries.ToList())
        {
            services.Set(entry.Key, Whole(services, entry.Key, (file, project.Folder), entry.Location, []), entry.Location);
        }
    }

    private YamlNode Whole(YamlMap services, string name, (string File, string Folder) from, SourceLocation at, (string File, string Service)[] above)
    {
        var id = (from.File, name);
        if (above.Contains(id) || above.Length > 20)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(
                at, "services", string.Join(" -> ", above.Append(id).Select(link => $"{Path.GetFileName(link.File)}:{link.Item2}"))));
        }

        if (services[name] is not { } found)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.UnknownService.At(at, name, "\"extends\" names it"));
        }

        if (found is not YamlMap service || service["extends"] is not { } extends)
        {
            return found;
        }

        var fields = extends as YamlMap;
        var wanted = ((fields?["service"] ?? extends) as YamlScalar)?.Value ?? name;
        var (other, otherFrom) = (services, from);
        if (fields?["file"] is YamlScalar path)
        {
            var otherFile = WrittenPath.Full(from.Folder, path.Value, path.Location);
            otherFrom = (otherFile, Path.GetDirectoryName(otherFile)!);
            // Its includes do not count, and its variables are those of the project.
            other = project.Filled(otherFile, path.Location)["services"] as YamlMap ?? new YamlMap(path.Location);
        }

        var result = new YamlMap(service.Location);
        if (Whole(other, wanted, otherFrom, extends.Location, [.. above, id]) is YamlMap below)
        {
            var copy = (YamlMap)below.Clone();
            project.PathsIn(otherFrom.Folder).ResolveService(copy);
            ComposeMerge.Merge(result, copy);
        }

        // A build of one text would replace what it extends.
        var own = (YamlMap)service.Clone();
        project.PathsIn(from.Folder).ResolveService(own);
        ComposeMerge.Merge(result, own);
        result.Remove("extends");
        sink.Message(MessageLevel.Detail, $"{Path.GetFileName(from.File)}:{name} extends {Path.GetFileName(otherFrom.File)}:{wanted}.");
        return result;
    }
}
