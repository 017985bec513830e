using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>Bytes that a push adds to a registry: blobs of the new manifest that the one before did not have.</summary>
/// <param name="images">The registry.</param>
public sealed class PushedBytes(RegistryImages images)
{
    private readonly Dictionary<string, HashSet<string>> known = [];

    /// <summary>Looks at an image; the first look only learns.</summary>
    public async Task<long> CountAsync(string repository)
    {
        var manifest = (await images.ManifestAsync(repository)).Json;
        var blobs = manifest.GetProperty("layers").EnumerateArray().Append(manifest.GetProperty("config"))
            .ToDictionary(blob => blob.GetProperty("digest").GetString()!, blob => blob.GetProperty("size").GetInt64());
        var before = known.GetValueOrDefault(repository, []);
        known[repository] = [.. blobs.Keys];
        return blobs.Where(blob => !before.Contains(blob.Key)).Sum(blob => blob.Value);
    }
}
