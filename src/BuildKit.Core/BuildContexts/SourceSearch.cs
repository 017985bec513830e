using System.IO.Enumeration;

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

    public static bool Exists(string directory, string path)
    {
        var left = MaximumEntries;
        return Exists(directory, path.Split('/'), 0, ref left);
    }

    private static bool Exists(string directory, string[] parts, int index, ref int left)
    {
        if (index == parts.Length)
        {
            return true;
        }

        var part = parts[index];
        if (!part.Any(c => GlobReader.IsSpecial(c, escapes: true)))
        {
            return HasName(directory, part) && Exists(Path.Join(directory, part), parts, index + 1, ref left);
        }

        var isDeep = part == "**";
        if (isDeep && Exists(directory, parts, index + 1, ref left))
        {
            return true;
        }

        if (GlobReader.TryRead(part, escapes: true) is not { } tokens || !Directory.Exists(directory))
        {
            return false;
        }

        var glob = new Glob(tokens);
        foreach (var (name, isDirectory) in Entries(directory))
        {
            if (--left < 0)
            {
                return false;
            }

            // A repository's own data is not what a pattern means.
            if (isDeep
                ? isDirectory && name != ".git" && Exists(Path.Join(directory, name), parts, index, ref left)
                : glob.IsMatch(name) && Exists(Path.Join(directory, name), parts, index + 1, ref left))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasName(string directory, string name) =>
        Path.Exists(Path.Join(directory, name))
        && (OperatingSystem.IsLinux() || Entries(directory).Any(entry => entry.Name == name));

    /// <summary>Links to directories are entered by name but not by two stars: they may lead in a circle.</summary>
    private static FileSystemEnumerable<(string Name, bool IsDirectory)> Entries(string directory) => new(
        directory,
        (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        Everything);
}
