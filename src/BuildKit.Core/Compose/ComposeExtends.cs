using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>Merges services that extend others (https://docs.docker.com/reference/compose-file/services/#extends).</summary>
/// <param name="files">Reads other files.</param>
/// <param name="file">Full path of the file.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ComposeExtends(ComposeFiles files, string file, IDiagnosticSink sink)
{
    /// <summary>Replaces each service by itself on top of what it extends.</summary>
    /// <exception cref="DiagnosticException">BK6101, BK6107, BK6122.</exception>
    public void Apply(YamlMap services)
    {
        foreach (var entry in services.Entries.ToList())
        {
            services.Set(entry.Key, Whole(services, entry.Key, file, entry.Location, []), entry.Location);
        }
    }

    private YamlNode Whole(YamlMap services, string name, string from, SourceLocation at, string[] above)
    {
        var id = $"{Path.GetFileName(from)}:{name}";
        if (above.Contains(id) || above.Length > 20)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(at, "services", string.Join(" -> ", [.. above, id])));
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
        var (other, otherFile) = (services, from);
        if (fields?["file"] is YamlScalar path)
        {
            otherFile = WrittenPath.Full(Path.GetDirectoryName(from)!, path.Value, path.Location);
            other = files.Filled(otherFile, path.Location)["services"] as YamlMap ?? new YamlMap(path.Location);
        }

        var result = new YamlMap(service.Location);
        if (Whole(other, wanted, otherFile, extends.Location, [.. above, id]) is YamlMap below)
        {
            ComposeFiles.Merge(result, Moved((YamlMap)below.Clone(), Path.GetDirectoryName(otherFile)!));
        }

        ComposeFiles.Merge(result, service);
        result.Remove("extends");
        sink.Message(MessageLevel.Detail, $"{id} extends {Path.GetFileName(otherFile)}:{wanted}.");
        return result;
    }

    // A context of another file is relative to that file.
    private static YamlMap Moved(YamlMap service, string folder)
    {
        if (service["build"] is YamlScalar { IsNull: false } shorthand && !Requests.NamedContext.HasScheme(shorthand.Text))
        {
            service.Set("build", new YamlScalar(shorthand.Location, WrittenPath.Full(folder, shorthand.Text, shorthand.Location)));
        }
        else if (service["build"] is YamlMap build && build["context"] is YamlScalar context && !Requests.NamedContext.HasScheme(context.Text))
        {
            build.Set("context", new YamlScalar(context.Location, WrittenPath.Full(folder, context.Text, context.Location)));
        }

        return service;
    }
}
