using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BuildKit.Core.Systems;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// The file of a <see cref="FileTable"/>: a first line with format and time, then a line per file with hash, size,
/// times of modification and change, inode, mode, number of hidden changes, and the path last since it may hold spaces. It is read from its bytes:
/// every build reads it, and with ten thousand files the detour over text shows.
/// </summary>
internal static class FileTableFormat
{
    // The number goes up with every change of the format or of what a hash is made of.
    private const string Header = "buildkit-file-table 2 ";

    /// <summary>The entries by full path; null when the file is missing or not of this format.</summary>
    public static Dictionary<string, FileTableEntry>? TryRead(string path, out DateTimeOffset written)
    {
        written = default;
        try
        {
            var text = (ReadOnlySpan<byte>)File.ReadAllBytes(path);
            var line = Encoding.UTF8.GetString(Next(ref text, (byte)'\n'));
            if (!line.StartsWith(Header, StringComparison.Ordinal)
                || !DateTimeOffset.TryParseExact(line[Header.Length..], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out written))
            {
                return null;
            }

            var entries = new Dictionary<string, FileTableEntry>(text.Length / 150, PathRules.Here.Comparer);
            while (text.Length > 0)
            {
                var rest = Next(ref text, (byte)'\n');
                var entry = Entry(ref rest);
                entries[Encoding.UTF8.GetString(rest)] = entry;
            }

            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static void Write(string path, DateTimeOffset opened, IReadOnlyDictionary<string, FileTableEntry> entries)
    {
        var text = new StringBuilder(200 * (entries.Count + 1));
        text.Append(Header).Append(opened.ToString("O", CultureInfo.InvariantCulture)).Append('\n');
        foreach (var (file, entry) in entries)
        {
            // A path with a line break has no place in a file of lines: it is hashed every time.
            if (!file.Contains('\n'))
            {
                var stamp = entry.Stamp;
                text.Append(Convert.ToBase64String(entry.Hash))
                    .Append(CultureInfo.InvariantCulture, $" {stamp.Size} {stamp.ModifiedNanoseconds} {stamp.ChangedNanoseconds}")
                    .Append(CultureInfo.InvariantCulture, $" {unchecked((long)stamp.Inode)} {stamp.Mode} {entry.HiddenChanges} ")
                    .Append(file).Append('\n');
            }
        }

        // Without it the next build computes every hash again.
        WholeFile.TryWrite(Path.GetFullPath(path), stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static FileTableEntry Entry(ref ReadOnlySpan<byte> line)
    {
        var hash = new byte[32];
        var isHash = Base64.DecodeFromUtf8(Next(ref line, (byte)' '), hash, out _, out var length) == OperationStatus.Done && length == hash.Length;
        var stamp = new FileStamp(
            FileKind.File, Number(ref line), Number(ref line), Number(ref line), unchecked((ulong)Number(ref line)), (int)Number(ref line), null);
        var hidden = (int)Number(ref line);
        return isHash ? new FileTableEntry(stamp, hash, hidden) : throw new FormatException();
    }

    private static long Number(ref ReadOnlySpan<byte> line)
    {
        var field = Next(ref line, (byte)' ');
        return Utf8Parser.TryParse(field, out long number, out var length) && length == field.Length ? number : throw new FormatException();
    }

    /// <summary>A part that lacks its end means that the file was cut off.</summary>
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> text, byte end)
    {
        var index = text.IndexOf(end);
        if (index < 0)
        {
            throw new FormatException();
        }

        var part = text[..index];
        text = text[(index + 1)..];
        return part;
    }
}
