using System.IO.Enumeration;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Whether a folder has something that a COPY source means; a glob does when one match is there. Compared with case on
/// every system, since BuildKit compares so.
/// </summary>
internal static class SourceSearch
{
    /// <summary>Two stars at a wrong root could search a whole disk; past this many entries the answer is no.</summary>
    private const int MaximumEntries = 200_000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    public static bool Exists(string directory, string path) => Find(directory, path) is not null;

    /// <summary>The path of what is there, relative to the folder; of several the first that is found. Null when there is nothing.</summary>
    public static string? Find(string directory, string path)
    {
        var left = MaximumEntries;
        return Find(directory, "", path.Split('/'), 0, ref left);
    }

    private static string? Find(string directory, string found, string[] parts, int index, ref int left)
    {
        if (index == parts.Length)
        {
            return found;
        }

        var part = parts[index];
        if (!part.Any(c => GlobReader.IsSpecial(c, escapes: true)))
        {
            return ExactPath.HasName(directory, part) ? Find(Path.Join(directory, part), Below(found, part), parts, index + 1, ref left) : null;
        }

        var isDeep = part == "**";
        if (isDeep && Find(directory, found, parts, index + 1, ref left) is { } here)
        {
            return here;
        }

        if (GlobReader.TryRead(part, escapes: true) is not { } tokens || !Directory.Exists(directory))
        {
            return null;
        }

        var glob = new Glob(tokens);
        foreach (var (name, isDirectory) in Entries(directory))
        {
            if (--left < 0)
            {
                return null;
            }

            // A repository's own data is not what a pattern means.
            var fits = isDeep ? isDirectory && name != ".git" : glob.IsMatch(name);
            if (fits && Find(Path.Join(directory, name), Below(found, name), parts, isDeep ? index : index + 1, ref left) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    private static string Below(string found, string name) => found.Length == 0 ? name : found + "/" + name;

    /// <summary>Links to directories are entered by name but not by two stars: they may lead in a circle.</summary>
    private static FileSystemEnumerable<(string Name, bool IsDirectory)> Entries(string directory) => new(
        directory,
        (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        Everything);
}
