using System.Runtime.InteropServices;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Staging;

/// <summary>
/// The build context of an image made from published files: a folder for each layer, of hard links. Folders and not
/// lists of files in COPY, because those flatten folders and read names such as <c>[id].js</c> as patterns.
/// </summary>
public static partial class StagingFolder
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder anew.</summary>
    public static string MakeEmpty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Makes the folder hold the published files and nothing else; a copy that is still good stays.</summary>
    /// <param name="output">The published files.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <returns>The layers that have files, in order.</returns>
    public static IReadOnlyList<PublishLayer> Fill(PublishOutput output, string folder)
    {
        var layers = new SortedSet<PublishLayer>();
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var modes = new Dictionary<string, UnixFileMode>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(output.Folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(output.Folder, file);
            var layer = output.LayerOf(relative.Replace('\\', '/'));
            layers.Add(layer);
            sources[Path.Combine(folder, NameOf(layer), relative)] = file;
        }

        foreach (var (group, index) in CopyGroup.Of(output).Select((group, index) => (group, index)))
        {
            foreach (var file in group.Files)
            {
                var target = Path.Combine(folder, NameOfCopies(index), file.Name.Replace('/', Path.DirectorySeparatorChar));
                sources[target] = file.Source;
                modes[target] = file.Permissions ?? ModeOf(file.Source);
            }
        }

        MakeFolder(folder, folder);
        RemoveOthers(folder, sources);
        foreach (var (target, source) in sources)
        {
            MakeFolder(folder, Path.GetDirectoryName(target)!);
            Place(source, target, modes.TryGetValue(target, out var mode) ? mode : ModeOf(source));
        }

        return [.. layers];
    }

    /// <summary>Name of a layer's folder in the context.</summary>
    public static string NameOf(PublishLayer layer) => layer.ToString().ToLowerInvariant();

    /// <summary>Name of the folder of a group of copied files in the context.</summary>
    public static string NameOfCopies(int group) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"copy{group}");

    /// <summary>Mode that a file gets in the image: readable by all, and executable when it is on disk or is a script.</summary>
    public static UnixFileMode ModeOf(string source) =>
        OperatingSystem.IsWindows() ? Executable
        : (File.GetUnixFileMode(source) & UnixFileMode.UserExecute) != 0 || IsScript(source) ? Executable : Readable;

    // Before anything is placed: where case does not count, a file whose name changed in case alone would go with its old name.
    private static void RemoveOthers(string folder, Dictionary<string, string> wanted)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in wanted.Keys)
        {
            var parent = Path.GetDirectoryName(path)!;
            while (parent.Length > folder.Length && folders.Add(parent))
            {
                parent = Path.GetDirectoryName(parent)!;
            }
        }

        Sweep(folder);

        void Sweep(string root)
        {
            foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos())
            {
                var isFolder = entry is DirectoryInfo && entry.LinkTarget is null;
                if (isFolder && folders.Contains(entry.FullName))
                {
                    Sweep(entry.FullName);
                }
                else if (isFolder)
                {
                    Directory.Delete(entry.FullName, recursive: true);
                }
                else if (entry.LinkTarget is not null || !wanted.ContainsKey(entry.FullName))
                {
                    entry.Delete();
                }
            }
        }
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
        File.SetUnixFileMode(path, Executable);
    }

    private static void Place(string source, string target, UnixFileMode wanted)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Delete(target);
            if (!CreateHardLink(target, source, 0))
            {
                File.Copy(source, target);
            }

            return;
        }

        var mode = File.GetUnixFileMode(source);
        if (IsGood(source, target, wanted))
        {
            return;
        }

        File.Delete(target);
        // A link shares its mode with the published file, which is not ours to change: then copy.
        if (mode == wanted && File.ResolveLinkTarget(source, false) is null && Link(source, target) == 0)
        {
            return;
        }

        File.Copy(source, target);
        File.SetUnixFileMode(target, wanted);
    }

    // A link is good while it is one; another build of the same project may be reading it now. Packages date their files as
    // they like, so size and time of modification alone do not tell two versions apart. The time of change can be set by
    // nobody: a copy that is younger than the last change of its source is a copy of it.
    private static bool IsGood(string source, string target, UnixFileMode mode) =>
        FileStamp.TryRead(source) is { Kind: FileKind.File, ChangedNanoseconds: > 0 } from
        && FileStamp.TryRead(target) is { Kind: FileKind.File } to
        && from.Size == to.Size && from.ModifiedNanoseconds == to.ModifiedNanoseconds && to.Mode == (int)mode
        && (from.Inode == to.Inode ? from.ChangedNanoseconds == to.ChangedNanoseconds : from.ChangedNanoseconds < to.ChangedNanoseconds);

    // In the SDK's images every file can be executed. A script that relies on that must not be lost; for data, and for
    // assemblies, it means nothing. Only names without an extension, or a shell's, are looked into.
    private static bool IsScript(string path)
    {
        if (Path.GetExtension(path) is not ("" or ".sh" or ".bash" or ".py" or ".pl" or ".rb"))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        return file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [(byte)'#', (byte)'!'];
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string created, string existing, nint security);
}
