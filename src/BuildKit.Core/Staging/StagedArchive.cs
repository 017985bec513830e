using System.Formats.Tar;
using System.Globalization;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>
/// A part of an image's files as an archive, which ADD unpacks: on Windows BuildKit's client sends every file with mode
/// 0755 and no owner, so what Linux says by modes can only be said in an archive.
/// </summary>
internal static class StagedArchive
{
    /// <summary>Makes the archive; one that is still good stays.</summary>
    /// <param name="part">What it holds.</param>
    /// <param name="target">Full path of the archive.</param>
    /// <param name="latest">Time that no time in it is later than; null without one.</param>
    public static void Place(StagedPart part, string target, DateTimeOffset? latest)
    {
        var begun = DateTime.UtcNow;
        var (owner, group) = OwnerOf(part.Owner);
        var entries = Entries(part, latest);
        if (IsGood(part, entries, target, owner, group))
        {
            return;
        }

        var partial = target + ".partial";
        using (var tar = new TarWriter(File.Create(partial), TarEntryFormat.Gnu))
        {
            foreach (var entry in entries)
            {
                var written = new GnuTarEntry(entry.Source is null ? TarEntryType.Directory : TarEntryType.RegularFile, entry.Name)
                {
                    Mode = entry.Mode,
                    Uid = owner,
                    Gid = group,
                    ModificationTime = entry.Time,
                };
                using var content = entry.Source is null ? null : new FileStream(
                    entry.Source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                if (content is not null)
                {
                    written.DataStream = content;
                }

                tar.WriteEntry(written);
            }
        }

        // A file that changes while it is read is younger than this.
        File.SetLastWriteTimeUtc(partial, begun);
        StagingFolder.Rename(partial, target);
    }

    // In a fixed order, folders before what is in them, and each folder as young as the youngest file below it: its own time
    // says when it was made and would make the same files another image.
    private static List<Entry> Entries(StagedPart part, DateTimeOffset? latest)
    {
        var folders = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (var file in part.Files)
        {
            var info = new FileInfo(file.Source) is { LinkTarget: not null } link
                ? (FileInfo)link.ResolveLinkTarget(returnFinalTarget: true)!
                : new FileInfo(file.Source);
            var time = Earlier(DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeSeconds()), latest);
            entries.Add(new Entry(file.Name, file.Source, info.Length, file.Mode, time));
            for (var slash = file.Name.LastIndexOf('/'); slash > 0; slash = file.Name.LastIndexOf('/', slash - 1))
            {
                var folder = file.Name[..(slash + 1)];
                folders[folder] = latest ?? (folders.TryGetValue(folder, out var other) && other > time ? other : time);
            }
        }

        entries.AddRange(folders.Select(folder => new Entry(folder.Key, null, 0, FileModes.Executable, folder.Value)));
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private static bool IsGood(StagedPart part, List<Entry> entries, string target, int owner, int group)
    {
        if (FileStamp.TryRead(target) is not { Kind: FileKind.File } stamp
            || !part.Files.All(file => FileStamp.TryRead(file.Source) is { } source
                && Math.Max(source.ModifiedNanoseconds, source.ChangedNanoseconds) < stamp.ModifiedNanoseconds))
        {
            return false;
        }

        try
        {
            using var tar = new TarReader(File.OpenRead(target));
            foreach (var wanted in entries)
            {
                if (tar.GetNextEntry() is not { } entry
                    || (entry.Name, entry.Length, entry.Mode, entry.ModificationTime) != (wanted.Name, wanted.Length, wanted.Mode, wanted.Time)
                    || (entry.Uid, entry.Gid) != (owner, group))
                {
                    return false;
                }
            }

            return tar.GetNextEntry() is null;
        }
        catch (Exception failure) when (TarFault.IsDamage(failure))
        {
            return false;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset? latest) => latest is { } end && end < time ? end : time;

    // As --chown: a user without a group has the group of the same number.
    private static (int User, int Group) OwnerOf(string owner)
    {
        var numbers = owner.Split(':');
        return owner.Length == 0
            ? (0, 0)
            : (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[^1], CultureInfo.InvariantCulture));
    }

    private readonly record struct Entry(string Name, string? Source, long Length, UnixFileMode Mode, DateTimeOffset Time);
}
