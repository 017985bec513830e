using System.Runtime.InteropServices;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>
/// The build context of an image made from published files: a folder for each layer, of hard links where that keeps the
/// mode. Folders and not lists of files, because those flatten folders and read names such as <c>[id].js</c> as
/// patterns. What is good stays as it is, what changed is made under another name and then renamed.
/// </summary>
internal static partial class StagingFolder
{
    /// <summary>Makes the folder hold the published files and nothing else.</summary>
    /// <param name="outputs">The published files, each with its folder in this one: empty, or a name with a slash behind it.</param>
    /// <param name="folder">Full path of the folder, which nobody else uses now (<see cref="StagingArea"/>).</param>
    /// <param name="system">The system that stages them.</param>
    /// <param name="latest">Time that no time in an archive is later than; null without one.</param>
    /// <param name="hiddenChanges">
    /// Published files that changed while size and time of modification stayed, and how often: BuildKit compares nothing else, so
    /// the staged file gets a time of its own.
    /// </param>
    /// <returns>For each the layers that have files, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<PublishLayer>> Fill(
        IReadOnlyList<(PublishOutput Output, string Folder)> outputs, string folder, HostSystem system, DateTimeOffset? latest = null,
        IReadOnlyDictionary<string, int>? hiddenChanges = null)
    {
        var files = new Dictionary<string, StagedFile>(PathRules.Here.Comparer);
        var archives = new Dictionary<string, StagedPart>(PathRules.Here.Comparer);
        var layers = new List<IReadOnlyList<PublishLayer>>();
        foreach (var (output, inner) in outputs)
        {
            var parts = StagedPart.Of(output, system);
            layers.Add([.. Enum.GetValues<PublishLayer>().Where(layer => parts.Any(part => part.Place == StagedPart.NameOf(layer)))]);
            foreach (var part in parts)
            {
                var place = Path.Combine(folder, inner.TrimEnd('/'), part.Place);
                if (part.Archived)
                {
                    archives[place] = part;
                    continue;
                }

                foreach (var file in part.Files)
                {
                    files[Path.Combine(place, OperatingSystem.IsWindows() ? file.Name.Replace('/', '\\') : file.Name)] = file;
                }
            }
        }

        MakeFolder(folder, folder);
        RemoveOthers(folder, [.. files.Keys, .. archives.Keys]);
        foreach (var (target, file) in files)
        {
            MakeFolder(folder, Path.GetDirectoryName(target)!);
            Place(file.Source, target, file.Mode, hiddenChanges?.GetValueOrDefault(file.Source) ?? 0);
        }

        foreach (var (target, part) in archives)
        {
            MakeFolder(folder, Path.GetDirectoryName(target)!);
            StagedArchive.Place(part, target, latest);
        }

        return layers;
    }

    /// <summary>Gives a file its name, in place of what has it.</summary>
    public static void Rename(string partial, string target)
    {
        // Nothing takes the place of a read-only file there.
        if (OperatingSystem.IsWindows() && File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            WindowsFile.Remove(target);
        }

        File.Move(partial, target, overwrite: true);
    }

    // Before anything is placed: where case does not count, a file whose name changed in case alone would go with its old name.
    private static void RemoveOthers(string folder, IReadOnlyCollection<string> wanted)
    {
        var (names, folders) = (wanted.ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in wanted)
        {
            var parent = Path.GetDirectoryName(path)!;
            while (parent.Length > folder.Length && folders.Add(parent))
            {
                parent = Path.GetDirectoryName(parent)!;
            }
        }

        Sweep(folder, all: false);

        void Sweep(string root, bool all)
        {
            foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo && entry.LinkTarget is null)
                {
                    var others = all || !folders.Contains(entry.FullName);
                    Sweep(entry.FullName, others);
                    if (others)
                    {
                        entry.Delete();
                    }
                }
                else if (all || entry.LinkTarget is not null || !names.Contains(entry.FullName))
                {
                    Remove(entry);
                }
            }
        }
    }

    private static void Remove(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows() && entry is FileInfo)
        {
            WindowsFile.Remove(entry.FullName);
            return;
        }

        entry.Delete();
    }

    // The user's umask must not decide whether the application's user can read its files.
    private static void MakeFolder(string root, string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (path.Length > root.Length)
        {
            MakeFolder(root, Path.GetDirectoryName(path)!);
        }

        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, FileModes.Executable);
    }

    private static void Place(string source, string target, UnixFileMode wanted, int hiddenChanges)
    {
        if (IsGood(source, target, wanted, hiddenChanges))
        {
            return;
        }

        var partial = target + ".partial";
        File.Delete(partial);
        if (OperatingSystem.IsWindows())
        {
            // A link would share the read-only bit, which is not ours to change and would keep the staged file from being replaced.
            File.Copy(source, partial);
            File.SetAttributes(partial, FileAttributes.Normal);
        }
        else if (hiddenChanges > 0 || File.GetUnixFileMode(source) != wanted || File.ResolveLinkTarget(source, false) is not null
            || Link(source, partial) != 0)
        {
            // A link shares its mode with the published file, which is not ours to change: then copy.
            File.Copy(source, partial);
            File.SetUnixFileMode(partial, wanted);
        }

        if (hiddenChanges > 0)
        {
            // As little as .NET can say: an image keeps seconds, so that it is the same as one that was built from these files first.
            File.SetLastWriteTimeUtc(partial, File.GetLastWriteTimeUtc(source).AddTicks(hiddenChanges));
        }

        Rename(partial, target);
    }

    // Packages date their files as they like, so size and time of modification alone do not tell two versions apart. The
    // time of change can be set by nobody: a copy that is younger than the last change of its source is a copy of it.
    private static bool IsGood(string source, string target, UnixFileMode mode, int hiddenChanges) =>
        FileStamp.TryRead(source) is { Kind: FileKind.File, ChangedNanoseconds: > 0 } from
        && FileStamp.TryRead(target) is { Kind: FileKind.File } to
        && from.Size == to.Size && IsSameTime(from, to, hiddenChanges) && (OperatingSystem.IsWindows() || to.Mode == (int)mode)
        && (from.Inode == to.Inode ? from.ChangedNanoseconds == to.ChangedNanoseconds : from.ChangedNanoseconds < to.ChangedNanoseconds);

    // With hidden changes the time says how many, counted in the 100 nanoseconds of .NET, to which the source's is rounded.
    private static bool IsSameTime(in FileStamp from, in FileStamp to, int hiddenChanges) =>
        hiddenChanges == 0 ? from.ModifiedNanoseconds == to.ModifiedNanoseconds
        : (from.ModifiedNanoseconds / 100) + hiddenChanges == to.ModifiedNanoseconds / 100;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);
}
