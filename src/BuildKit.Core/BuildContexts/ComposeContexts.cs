using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// The contexts with which compose files build a Dockerfile (https://docs.docker.com/reference/compose-file/build/):
/// there somebody wrote the context down.
/// </summary>
internal static class ComposeContexts
{
    private static readonly string[] Patterns = ["compose*.yaml", "compose*.yml", "docker-compose*.yaml", "docker-compose*.yml"];

    // Where compose files stand when they do not stand in the root.
    private static readonly string[] Subfolders = ["", "docker", ".docker", "deploy", "deployment", "compose", "build", "infra", "ops"];

    /// <summary>The folders, and the file that names each.</summary>
    /// <param name="dockerfilePath">Full path of the Dockerfile.</param>
    /// <param name="folders">The folders to look in, and those of the usual names below them.</param>
    public static IReadOnlyDictionary<string, string> Of(string dockerfilePath, IReadOnlyList<string> folders)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.SelectMany(folder => Subfolders.Select(name => Path.Combine(folder, name))).Where(Directory.Exists))
        {
            foreach (var file in Patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Distinct().Order(StringComparer.Ordinal))
            {
                foreach (var context in ContextsOf(file, dockerfilePath))
                {
                    found.TryAdd(context, Path.GetFileName(file));
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> ContextsOf(string file, string dockerfilePath)
    {
        var services = (TryRead(file) as YamlMap)?["services"] as YamlMap;
        foreach (var build in services?.Entries.Select(service => (service.Value as YamlMap)?["build"]) ?? [])
        {
            var (context, dockerfile) = build switch
            {
                YamlScalar short_ => (Text(short_), "Dockerfile"),
                YamlMap map => (map["context"] is { } written ? Text(written) : ".", map["dockerfile"] is { } named ? Text(named) : "Dockerfile"),
                _ => (null, null),
            };
            if (context is { Length: > 0 } && dockerfile is { Length: > 0 } && !context.Contains("://", StringComparison.Ordinal)
                && !(context + dockerfile).Contains('\0', StringComparison.Ordinal))
            {
                var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(context, Path.GetDirectoryName(file)!));
                if (Path.GetFullPath(dockerfile, folder) == dockerfilePath)
                {
                    yield return folder;
                }
            }
        }
    }

    // "${NAME:-default}" is its default: what the environment says is not what the author wrote the file for.
    private static string? Text(YamlNode node) =>
        node is YamlScalar { Text: var text } ? VariableExpansion.Expand(text, '\\', _ => null).Replace('\\', '/') : null;

    private static YamlNode? TryRead(string file)
    {
        try
        {
            return YamlReader.Read(File.ReadAllText(file), file);
        }
        catch (Exception failure) when (failure is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
