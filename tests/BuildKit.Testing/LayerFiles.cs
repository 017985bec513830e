using System.Formats.Tar;
using System.IO.Compression;

namespace BuildKit.Testing;

/// <summary>Reads layers and archives.</summary>
public static class LayerFiles
{
    /// <summary>Entries of a gzip-compressed layer: mode by path.</summary>
    public static IReadOnlyDictionary<string, UnixFileMode> Read(byte[] layer)
    {
        using var stream = new GZipStream(new MemoryStream(layer), CompressionMode.Decompress);
        return Read(stream);
    }

    /// <summary>Entries of an archive file, compressed or not.</summary>
    public static IReadOnlyDictionary<string, UnixFileMode> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        var compressed = file.ReadByte() == 0x1f;
        file.Position = 0;
        using Stream stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Read(stream);
    }

    private static Dictionary<string, UnixFileMode> Read(Stream stream)
    {
        var entries = new Dictionary<string, UnixFileMode>(StringComparer.Ordinal);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            entries[entry.Name.TrimEnd('/')] = entry.Mode;
        }

        return entries;
    }
}
