using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>Finds the path that was probably meant: names that are spelled a little differently, else the same name in another folder.</summary>
internal static class NearestPath
{
    /// <summary>A question for the end of a message, with a space before it; empty when nothing is near.</summary>
    /// <param name="folder">Full path of the context.</param>
    /// <param name="path">What is not there, relative to it.</param>
    public static string Ask(string folder, string path) => Find(folder, path) is { } near ? $" Did you mean \"{near}\"?" : "";

    /// <summary>The path of something that is there; null when nothing is near, and for a pattern.</summary>
    /// <param name="folder">Full path of the context.</param>
    /// <param name="path">What is not there, relative to it.</param>
    public static string? Find(string folder, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isPattern = path.Any(c => GlobReader.IsSpecial(c, escapes: true));
        return parts.Length == 0 || isPattern || SourceSearch.Exists(folder, string.Join('/', parts)) ? null
            : Respelled(folder, parts) ?? SourceSearch.Find(folder, "**/" + parts[^1]);
    }

    private static string? Respelled(string folder, string[] parts)
    {
        var found = new List<string>();
        foreach (var part in parts)
        {
            var current = Path.Join([folder, .. found]);
            if ((ExactPath.HasName(current, part) ? part : NearestName.Among(NamesIn(current), part)) is not { } name)
            {
                return null;
            }

            found.Add(name);
        }

        return string.Join('/', found);
    }

    private static IEnumerable<string> NamesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Take(1000)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
