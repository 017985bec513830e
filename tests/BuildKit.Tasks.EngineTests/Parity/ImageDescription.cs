using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>An image as lines of text, so that two of them can be compared: all of its configuration, and the files of its own layers.</summary>
/// <param name="images">The registry.</param>
/// <param name="repository">The image's repository.</param>
/// <param name="tag">Its tag.</param>
/// <param name="baseLayers">How many layers are the base image's.</param>
internal sealed class ImageDescription(RegistryImages images, string repository, string tag, int baseLayers)
{
    /// <summary>Reads the image.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync()
    {
        var config = await images.ConfigAsync(repository, tag);
        var settings = config.GetProperty("config");
        var user = settings.TryGetProperty("User", out var name) ? name.GetString()! : "0";
        var lines = new List<string> { "media type: " + (await images.ManifestAsync(repository, tag)).MediaType };
        // Created and history tell when and how it was made; rootfs is compared file by file.
        foreach (var property in config.EnumerateObject().Where(property => property.Name is not ("config" or "created" or "history" or "rootfs")))
        {
            lines.Add($"{property.Name}: {property.Value}");
        }

        foreach (var property in settings.EnumerateObject().Where(property => !IsEmpty(property.Value)))
        {
            lines.AddRange(property.Value.ValueKind == JsonValueKind.Object
                ? property.Value.EnumerateObject().Select(entry => $"{property.Name} {entry.Name}: {JsonSerializer.Serialize(entry.Value)}")
                : [$"{property.Name}: {JsonSerializer.Serialize(property.Value)}"]);
        }

        lines.AddRange(await FilesAsync(user, settings.GetProperty("WorkingDir").GetString()!.Trim('/')));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    // "Not there", null and "empty" mean the same in a configuration.
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private async Task<IEnumerable<string>> FilesAsync(string user, string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var digest in (await images.ManifestAsync(repository, tag)).Layers.Skip(baseLayers))
        {
            await using var layer = new GZipStream(new MemoryStream(await images.BlobAsync(repository, digest)), CompressionMode.Decompress);
            await using var reader = new TarReader(layer);
            while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
            {
                files[entry.Name.TrimStart('.').Trim('/')] = Describe(entry, user);
            }
        }

        return files.Where(file => (file.Key + "/").StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(file => $"file {file.Key}: {file.Value}");
    }

    // Executable is compared where it matters: of programs and scripts. The SDK makes every file executable, we do not.
    private static string Describe(TarEntry entry, string user)
    {
        var owner = entry.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture) == user;
        var readable = user is "0" or "" or "root" || entry.Mode.HasFlag(owner ? UnixFileMode.UserRead : UnixFileMode.OtherRead);
        var executable = entry.Mode.HasFlag(owner ? UnixFileMode.UserExecute : UnixFileMode.OtherExecute) ? "x" : "-";
        if (entry.EntryType is TarEntryType.Directory)
        {
            return $"folder {readable} {executable}";
        }

        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        var bytes = content.ToArray();
        var runs = bytes.AsSpan().StartsWith("#!"u8)
            || (bytes.AsSpan().StartsWith("\u007fELF"u8) && !entry.Name.EndsWith(".so", StringComparison.Ordinal));
        return $"{Convert.ToHexString(SHA256.HashData(bytes))} {readable} {(runs ? executable : "")}";
    }
}
