using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// One SHA-256 over everything that BuildKit would be sent: relative path, kind, permission bits, and the hash of the
/// content or the target of a link. Times, owners and extended attributes are left out, since BuildKit's own cache key of
/// a local context leaves out times and owners too (https://docs.docker.com/build/cache/invalidation/). What cannot be
/// read makes a fingerprint that is never equal to another, so that the build runs and BuildKit says what is wrong.
/// </summary>
internal static class ContextFingerprint
{
    /// <summary>Fingerprint of a build context.</summary>
    /// <param name="directory">The context.</param>
    /// <param name="ignore">What is left out; <see cref="DockerIgnore.None"/> for a plain folder.</param>
    /// <param name="table">Hashes of an earlier run; receives those of this one.</param>
    /// <param name="excludedDirectories">Absolute paths of directories that do not count, such as our own obj folder.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="DirectoryNotFoundException">The context does not exist.</exception>
    public static string OfDirectory(
        string directory, DockerIgnore ignore, FileTable table, IReadOnlyCollection<string>? excludedDirectories = null) =>
        Of(ContextFiles.List(directory, ignore, excludedDirectories), table);

    /// <summary>Fingerprint of listed entries, in the order in which they are given.</summary>
    public static string Of(IReadOnlyList<ContextEntry> entries, FileTable table)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(table);
        var hashes = Contents(entries, table);
        var description = new ArrayBufferWriter<byte>(256 * (entries.Count + 1));
        for (var i = 0; i < entries.Count; i++)
        {
            var (path, _, stamp) = entries[i];
            // A path cannot hold the zero character, so no two lists of entries give the same bytes.
            Encoding.UTF8.GetBytes(path, description);
            description.Write<byte>([0, (byte)stamp.Kind, (byte)(stamp.Mode >> 8), (byte)stamp.Mode]);
            if (stamp.Kind == FileKind.SymbolicLink)
            {
                Encoding.UTF8.GetBytes(stamp.LinkTarget ?? "", description);
                description.Write<byte>([0]);
            }
            else if (stamp.Kind is FileKind.File or FileKind.Unreadable)
            {
                description.Write<byte>(hashes[i] ?? Never());
            }
        }

        return Convert.ToHexString(SHA256.HashData(description.WrittenSpan)).ToLowerInvariant();
    }

    /// <summary>
    /// Hash of one file's content, such as the Dockerfile or the ignore file; links are followed, name and mode do not
    /// count. Not for secrets: those count by name only.
    /// </summary>
    /// <returns>64 hexadecimal digits in lower case; empty when there is no such file.</returns>
    public static string OfFile(string path, FileTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var file = Path.GetFullPath(path);
        if (new FileInfo(file).LinkTarget is not null)
        {
            file = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        }

        return FileStamp.TryRead(file) is { } stamp
            ? Convert.ToHexString(Contents([new ContextEntry(path, file, stamp)], table)[0] ?? Never()).ToLowerInvariant()
            : "";
    }

    private static byte[]?[] Contents(IReadOnlyList<ContextEntry> entries, FileTable table)
    {
        var hashes = new byte[]?[entries.Count];
        var changed = new List<int>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Stamp.Kind == FileKind.File && (hashes[i] = table.Find(entries[i].FullPath, entries[i].Stamp)) is null)
            {
                changed.Add(i);
            }
        }

        // Two at least: while one waits for the disk, the other computes.
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        Parallel.ForEach(changed, options, i => hashes[i] = FileHash.TryCompute(entries[i].FullPath));
        foreach (var i in changed)
        {
            if (hashes[i] is { } hash)
            {
                table.Add(entries[i].FullPath, entries[i].Stamp, hash);
            }
        }

        return hashes;
    }

    /// <summary>Bytes that no other run has.</summary>
    private static byte[] Never() => RandomNumberGenerator.GetBytes(32);
}
