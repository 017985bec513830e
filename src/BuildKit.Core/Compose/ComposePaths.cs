using BuildKit.Core.DevSpace;
using BuildKit.Core.Requests;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Makes paths full: each is relative to the folder of the project that its file belongs to, which is the file's own for
/// one that is included or extended (paths/resolve.go of github.com/compose-spec/compose-go).
/// </summary>
/// <param name="folder">Full path of that folder.</param>
/// <param name="home">Full path that <c>~</c> stands for.</param>
internal sealed class ComposePaths(string folder, string home)
{
    /// <summary>Makes the paths of all services and secrets full.</summary>
    public void Resolve(YamlMap root)
    {
        foreach (var service in (root["services"] as YamlMap)?.Entries.Select(entry => entry.Value).OfType<YamlMap>() ?? [])
        {
            ResolveService(service);
        }

        foreach (var secret in (root["secrets"] as YamlMap)?.Entries.Select(entry => entry.Value).OfType<YamlMap>() ?? [])
        {
            Replace(secret, "file", text => text);
        }
    }

    /// <summary>Makes the paths of a service full; a build that is one text becomes a map.</summary>
    public void ResolveService(YamlMap service)
    {
        if (service["build"] is YamlScalar { IsNull: false } shorthand)
        {
            var map = new YamlMap(shorthand.Location) { Tag = shorthand.Tag };
            map.Set("context", new YamlScalar(shorthand.Location, shorthand.Text));
            service.Set("build", map);
        }

        if (service["build"] is not YamlMap build)
        {
            return;
        }

        Replace(build, "context", Remote);
        foreach (var key in new[] { "additional_contexts", "ssh" })
        {
            if (ComposeLists.AsMap(key, build[key]) is YamlMap map)
            {
                map = (YamlMap)map.Clone();
                map.Entries.ToList().ForEach(entry => Replace(map, entry.Key, Remote));
                build.Set(key, map, build.Find(key)!.Location);
            }
        }
    }

    private static string Remote(string text)
    {
        if (!text.StartsWith("github.com/", StringComparison.Ordinal))
        {
            return text;
        }

        // What buildx makes of the short form: a git repository.
        var parts = text.Split('#', 2);
        var repository = parts[0].EndsWith(".git", StringComparison.Ordinal) ? parts[0] : parts[0] + ".git";
        return $"https://{repository}{(parts.Length == 2 ? "#" + parts[1] : "")}";
    }

    private void Replace(YamlMap map, string key, Func<string, string> change)
    {
        if (map[key] is not YamlScalar { IsNull: false } scalar)
        {
            return;
        }

        var text = change(scalar.Text);
        var path = text == "~" || text.StartsWith("~/", StringComparison.Ordinal) ? home + text[1..] : text;
        var full = IsElsewhere(text) ? text : Path.TrimEndingDirectorySeparator(WrittenPath.Full(folder, path, scalar.Location));
        map.Set(key, new YamlScalar(scalar.Location, full), map.Find(key)!.Location);
    }

    private static bool IsElsewhere(string text) =>
        text.Length == 0 || NamedContext.HasScheme(text) || text.StartsWith("service:", StringComparison.Ordinal);
}
