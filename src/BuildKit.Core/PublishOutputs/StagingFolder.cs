using System.Runtime.InteropServices;

namespace BuildKit.Core.PublishOutputs;

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

    /// <summary>Fills the folder anew.</summary>
    /// <param name="output">The published files.</param>
    /// <param name="folder">Full path of the folder; what is in it is removed.</param>
    /// <returns>The layers that have files, in order.</returns>
    public static IReadOnlyList<PublishLayer> Fill(PublishOutput output, string folder)
    {
        var layers = new SortedSet<PublishLayer>();
        MakeEmpty(folder);
        foreach (var file in Directory.EnumerateFiles(output.Folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(output.Folder, file);
            var layer = output.LayerOf(relative.Replace('\\', '/'));
            layers.Add(layer);
            var target = Path.Combine(folder, NameOf(layer), relative);
            MakeFolder(folder, Path.GetDirectoryName(target)!);
            Place(file, target);
        }

        return [.. layers];
    }

    /// <summary>Name of a layer's folder in the context.</summary>
    public static string NameOf(PublishLayer layer) => layer.ToString().ToLowerInvariant();

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

    private static void Place(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!CreateHardLink(target, source, 0))
            {
                File.Copy(source, target);
            }

            return;
        }

        var mode = File.GetUnixFileMode(source);
        var wanted = (mode & UnixFileMode.UserExecute) != 0 || IsScript(source) ? Executable : Readable;
        // A link shares its mode with the published file, which is not ours to change: then copy.
        if (mode == wanted && File.ResolveLinkTarget(source, false) is null && Link(source, target) == 0)
        {
            return;
        }

        File.Copy(source, target);
        File.SetUnixFileMode(target, wanted);
    }

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
