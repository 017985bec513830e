using System.Runtime.InteropServices;
using System.Text;

namespace BuildKit.Testing;

/// <summary>
/// Which files of a folder were opened and written meanwhile, as the kernel tells:
/// https://man7.org/linux/man-pages/man7/inotify.7.html.
/// </summary>
public sealed class OpenedFiles : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Open = 0x20;
    private const uint Folder = 0x40000000;
    // IN_MODIFY, IN_MOVED_TO, IN_CREATE, IN_DELETE.
    private const uint Written = 0x2 | 0x80 | 0x100 | 0x200;

    private readonly int descriptor = Init(NonBlocking);

    /// <summary>Begins to watch a folder, without those in it.</summary>
    public OpenedFiles(string folder) => Assert.That(Watch(descriptor, Encoding.UTF8.GetBytes(folder + "\0"), Open | Written), Is.Positive, folder);

    /// <summary>Names of the files that were opened, and of those that were written, made, renamed or deleted, since the last call.</summary>
    public (IReadOnlySet<string> Opened, IReadOnlySet<string> Changed) Take()
    {
        var (opened, changed) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var buffer = new byte[64 * 1024];
        for (int length; (length = (int)Read(descriptor, buffer, buffer.Length)) > 0;)
        {
            for (var at = 0; at < length;)
            {
                var (mask, size) = (BitConverter.ToUInt32(buffer, at + 4), (int)BitConverter.ToUInt32(buffer, at + 12));
                var name = Encoding.UTF8.GetString(buffer, at + 16, size).TrimEnd('\0');
                at += 16 + size;
                if (name.Length > 0 && (mask & Folder) == 0)
                {
                    _ = (mask & Written) != 0 ? changed.Add(name) : opened.Add(name);
                }
            }
        }

        return (opened, changed);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Close(descriptor);

    [DllImport("libc", EntryPoint = "inotify_init1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Init(int flags);

    [DllImport("libc", EntryPoint = "inotify_add_watch"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Watch(int descriptor, byte[] path, uint mask);

    [DllImport("libc", EntryPoint = "read"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int descriptor, [Out] byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
