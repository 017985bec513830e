using System.Formats.Tar;
using System.IO.Compression;

namespace BuildKit.Testing;

/// <summary>All that makes an image what it is, as lines: where two images differ, the lines say in what.</summary>
public static class ImageText
{
    /// <summary>The lines of an image: its digest, its configuration, and each entry of each layer that is not the base's.</summary>
    /// <param name="images">The registry.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="baseLayers">Number of layers that are the base image's.</param>
    public static async Task<IReadOnlyList<string>> LinesAsync(RegistryImages images, string repository, int baseLayers)
    {
        var manifest = await images.ManifestAsync(repository);
        var lines = new List<string>();
        foreach (var layer in manifest.Layers.Skip(baseLayers))
        {
            await using var stream = new GZipStream(new MemoryStream(await images.BlobAsync(repository, layer)), CompressionMode.Decompress);
            await using var tar = new TarReader(stream);
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                lines.Add($"{entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} "
                    + $"{entry.Length} {entry.ModificationTime:u} {entry.Name}");
            }

            lines.Add(layer);
        }

        return [.. lines, .. (await images.ConfigAsync(repository)).GetRawText().Split(",\""), manifest.Text, manifest.Digest];
    }
}
