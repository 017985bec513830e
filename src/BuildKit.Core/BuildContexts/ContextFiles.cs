using System.IO.Enumeration;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Lists what BuildKit would be sent of a build context: files, links (not followed) and directories, empty ones too. A
/// directory that is left out is listed when something in it is not, since BuildKit sends it then
/// (https://github.com/tonistiigi/fsutil/blob/master/filter.go).
/// </summary>
internal sealed class ContextFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly DockerIgnore ignore;
    private readonly HashSet<string> excluded;
    private readonly List<ContextEntry> entries = [];
    private readonly List<ContextEntry> pending = [];

    private ContextFiles(DockerIgnore ignore, IEnumerable<string> excludedDirectories)
    {
        this.ignore = ignore;
        excluded = new HashSet<string>(
            excludedDirectories.Select(directory => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))),
            PathRules.Here.Comparer);
    }

    /// <summary>Lists a folder in ordinal order of the relative paths.</summary>
    /// <param name="directory">The context.</param>
    /// <param name="ignore">What is left out; <see cref="DockerIgnore.None"/> for a plain folder.</param>
    /// <param name="excludedDirectories">Absolute paths of directories that do not count at all, such as our own obj folder.</param>
    /// <exception cref="DirectoryNotFoundException">The context does not exist.</exception>
    public static IReadOnlyList<ContextEntry> List(
        string directory, DockerIgnore ignore, IReadOnlyCollection<string>? excludedDirectories = null)
    {
        ArgumentNullException.ThrowIfNull(ignore);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"The folder {root} does not exist.");
        }

        var files = new ContextFiles(ignore, excludedDirectories ?? []);
        files.Walk(root, "", null);
        files.entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files.entries;
    }

    private void Walk(string directory, string prefix, bool[]? parentMatched)
    {
        var names = new FileSystemEnumerable<(string Name, bool IsDirectory)>(
            directory, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), Everything);
        foreach (var (name, isDirectory) in names)
        {
            var path = prefix + name;
            var ignored = ignore.IsIgnored(path, parentMatched, out var matched);
            // Only for what may count is the file system asked further; a link to a directory is recognized below.
            if (ignored && (!isDirectory || !ignore.CouldSendBelow(path)))
            {
                continue;
            }

            var fullPath = Path.Join(directory, name);
            if (Stamp(fullPath, name) is not { } stamp)
            {
                // Removed meanwhile.
                continue;
            }

            var entry = new ContextEntry(path, fullPath, stamp);
            if (stamp.Kind == FileKind.Directory)
            {
                Enter(entry, ignored, matched);
            }
            else if (!ignored)
            {
                Add(entry);
            }
        }
    }

    private void Enter(ContextEntry entry, bool ignored, bool[] matched)
    {
        if (excluded.Contains(entry.FullPath))
        {
            return;
        }

        if (ignored)
        {
            pending.Add(entry);
        }
        else
        {
            Add(entry);
        }

        try
        {
            Walk(entry.FullPath, entry.Path + "/", matched);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed meanwhile.
        }
        catch (UnauthorizedAccessException) when (ignored)
        {
            // What is left out need not be readable: data folders of databases lie in many contexts.
        }
        catch (UnauthorizedAccessException)
        {
            entries.Add(entry with { Stamp = FileStamp.Unreadable });
        }

        if (ignored)
        {
            pending.Remove(entry);
        }
    }

    private void Add(ContextEntry entry)
    {
        entries.AddRange(pending);
        pending.Clear();
        entries.Add(entry);
    }

    /// <summary>A name that is not UTF-8 cannot be opened through .NET: such an entry is there but cannot be read.</summary>
    private static FileStamp? Stamp(string fullPath, string name) =>
        FileStamp.TryRead(fullPath) ?? (name.Contains('\uFFFD') ? FileStamp.Unreadable : null);
}
