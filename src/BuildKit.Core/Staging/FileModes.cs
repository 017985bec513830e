using System.Buffers.Binary;

namespace BuildKit.Core.Staging;

/// <summary>
/// The mode that a file gets in an image: readable by all, and executable when its content is a program's. What the disk
/// says does not count: Windows has no such bit and NuGet sets it on every assembly, so the same files would make other
/// digests on another system.
/// </summary>
internal static class FileModes
{
    /// <summary>Mode of data, 0644.</summary>
    public const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Mode of programs and folders, 0755.</summary>
    public const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const int HeadBytes = 20;

    // They are most of a publish and never programs of Linux; each that is not opened is one less for a virus scanner to read.
    private static readonly HashSet<string> Data = new(StringComparer.OrdinalIgnoreCase)
    {
        ".dll", ".pdb", ".exe", ".json", ".xml", ".config", ".resx", ".html", ".css", ".map", ".png", ".jpg", ".jpeg", ".gif",
        ".svg", ".ico", ".webp", ".woff", ".woff2", ".ttf", ".br", ".gz", ".zip", ".nupkg", ".txt", ".md", ".wasm", ".dat", ".so",
    };

    /// <summary>The mode of a file, by its content.</summary>
    /// <param name="path">Full path.</param>
    public static UnixFileMode Of(string path) => IsProgram(path) ? Executable : Readable;

    private static bool IsProgram(string path)
    {
        if (Data.Contains(Path.GetExtension(path)))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        return head is [(byte)'#', (byte)'!', ..] || (IsElfProgram(head) && !IsLibrary(Path.GetFileName(path)));
    }

    // https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html: an executable, or a shared object, which programs are too.
    private static bool IsElfProgram(ReadOnlySpan<byte> head) => head.Length == HeadBytes && head.StartsWith("\u007fELF"u8)
        && (head[5] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(head[16..]) : BinaryPrimitives.ReadUInt16BigEndian(head[16..])) is 2 or 3;

    // Only its name distinguishes a library from a program that may lie anywhere in memory: libssl.so.3.
    private static bool IsLibrary(string name) => name.Contains(".so.", StringComparison.Ordinal);
}
