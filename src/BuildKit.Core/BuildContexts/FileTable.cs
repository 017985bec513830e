using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// Content hashes that were computed before, each with the stamp that the file had then. A hash is used again while the
/// stamp is equal and older than the table by at least two seconds: a file that is changed twice within one tick of the
/// file system's clock has the same stamp both times. That is git's rule for racy timestamps
/// (https://git-scm.com/docs/racy-git). The table's time is when it was opened, before any file was looked at, so that a
/// long run of hashing does not make a file look older than it is. One thread at a time may use a table.
/// </summary>
internal sealed class FileTable
{
    private static readonly TimeSpan RacyTime = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyDictionary<string, FileTableEntry> known;
    private readonly Dictionary<string, FileTableEntry> used;
    private readonly long trustedUntil;
    private readonly DateTimeOffset opened;
    private readonly string? readFrom;
    private bool hasNews;

    internal FileTable(
        IReadOnlyDictionary<string, FileTableEntry> known, DateTimeOffset written, DateTimeOffset opened, string? readFrom)
    {
        this.known = known;
        used = new Dictionary<string, FileTableEntry>(known.Count, PathRules.Here.Comparer);
        this.opened = opened;
        this.readFrom = readFrom;
        trustedUntil = Nanoseconds(written - RacyTime);
    }

    /// <summary>A table that knows nothing: every file is hashed.</summary>
    public static FileTable Empty() => Empty(DateTimeOffset.UtcNow);

    /// <summary>
    /// Reads a table. One that is missing, damaged or of another version is an empty one: it only costs the hashing.
    /// </summary>
    public static FileTable Read(string path) => Read(path, DateTimeOffset.UtcNow);

    /// <summary>
    /// Keeps what was used since the table was opened: files that are gone drop out. Written under a temporary name and
    /// then renamed, so that a reader never sees half of it. Nothing is written when the file says the same already.
    /// </summary>
    public void Write(string path)
    {
        if (!hasNews && used.Count == known.Count && path == readFrom)
        {
            return;
        }

        FileTableFormat.Write(path, opened, used);
    }

    internal static FileTable Empty(DateTimeOffset opened) =>
        new(new Dictionary<string, FileTableEntry>(), DateTimeOffset.UnixEpoch, opened, readFrom: null);

    internal static FileTable Read(string path, DateTimeOffset opened) =>
        FileTableFormat.TryRead(path, out var written) is { } entries
            ? new FileTable(entries, written, opened, path)
            : Empty(opened);

    /// <summary>The hash of a file with this stamp; null when it has to be computed.</summary>
    internal byte[]? Find(string path, in FileStamp stamp)
    {
        if (used.TryGetValue(path, out var entry) && entry.Stamp == stamp)
        {
            return entry.Hash;
        }

        // Either time may lie in the racy window: the one of modification can be put back, the one of change is not known everywhere.
        if (known.TryGetValue(path, out entry) && entry.Stamp == stamp
            && Math.Max(stamp.ModifiedNanoseconds, stamp.ChangedNanoseconds) < trustedUntil)
        {
            used[path] = entry;
            return entry.Hash;
        }

        return null;
    }

    /// <summary>The files in use whose content BuildKit may have in an earlier form, with the number of changes that it did not see.</summary>
    internal IReadOnlyDictionary<string, int> HiddenChanges =>
        used.Where(pair => pair.Value.HiddenChanges > 0).ToDictionary(pair => pair.Key, pair => pair.Value.HiddenChanges, PathRules.Here.Comparer);

    /// <summary>Keeps a hash; the stamp must have been taken before the file was opened.</summary>
    internal void Add(string path, in FileStamp stamp, byte[] hash)
    {
        var hidden = known.TryGetValue(path, out var earlier) && LookEqual(earlier.Stamp, stamp)
            ? earlier.HiddenChanges + (earlier.Hash.AsSpan().SequenceEqual(hash) ? 0 : 1) : 0;
        used[path] = new FileTableEntry(stamp, hash, hidden);
        hasNews = true;
    }

    private static bool LookEqual(in FileStamp one, in FileStamp other) =>
        (one.Size, one.ModifiedNanoseconds, one.Mode) == (other.Size, other.ModifiedNanoseconds, other.Mode);

    private static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
