using BuildKit.Core.CacheReferences;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Caches;

/// <summary>A cache reference after it was written.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Digest">What it names now.</param>
/// <param name="Size">Bytes of its layers.</param>
internal sealed record WrittenCache(string Reference, string Digest, long Size);

/// <summary>Whether the caches work: what a build found in which reference, and what it wrote.</summary>
/// <param name="registries">The registries.</param>
internal sealed class CacheReport(RegistryClients registries)
{
    /// <summary>Looks up what was written; what cannot be looked up is left out.</summary>
    public async Task<IReadOnlyList<WrittenCache>> WrittenAsync(IEnumerable<CacheReference> caches, CancellationToken cancellation)
    {
        var found = await ManifestsAsync([.. caches.Select(cache => cache.Reference).Where(reference => reference.Length > 0)], cancellation)
            .ConfigureAwait(false);
        return [.. found.Select(cache => new WrittenCache(cache.Reference, cache.Manifest.Digest, Layers(cache.Manifest).Sum(layer => layer.Size)))];
    }

    /// <summary>How many of the image's layers each reference has.</summary>
    public async Task<IReadOnlyList<string>> HeldAsync(IReadOnlyList<string> references, BuiltImage image, CancellationToken cancellation)
    {
        using var document = JsonElementExtensions.TryParse(System.Text.Encoding.UTF8.GetBytes(image.ManifestJson));
        var layers = (document?.RootElement.Items("layers") ?? []).Select(layer => layer.Text("digest")).ToList();
        if (layers.Count == 0)
        {
            return [];
        }

        var found = await ManifestsAsync(references, cancellation).ConfigureAwait(false);
        return [.. found.Select(cache =>
        {
            var digests = Layers(cache.Manifest).Select(layer => layer.Digest).ToHashSet();
            return $"{cache.Reference} (has {layers.Count(digests.Contains)} of the image's {layers.Count} layers)";
        })];
    }

    /// <summary>The row of the image's summary: what was read, with what it held where that was asked, and what was written.</summary>
    internal static string Row(IReadOnlyList<string> read, IReadOnlyList<string> held, IReadOnlyList<string> wrote,
        IReadOnlyList<WrittenCache> written)
    {
        string Size(string reference) =>
            written.FirstOrDefault(cache => cache.Reference == reference) is { } cache ? $" ({Quantity.Bytes(cache.Size)})" : "";
        var reads = read.Count == 0 ? "nothing" : string.Join(", ", held.Count > 0 ? held : read);
        var writes = wrote.Count == 0 ? "nothing"
            : read.Count == 1 && read.SequenceEqual(wrote) ? "the same" + Size(wrote[0]) : string.Join(", ", wrote.Select(one => one + Size(one)));
        return read.Count + wrote.Count == 0 ? "" : $"read {reads}, wrote {writes}";
    }

    /// <summary>Layers of a cache; older caches are an index whose manifests are the layers.</summary>
    internal static IReadOnlyList<(string Digest, long Size)> Layers(ManifestContent manifest)
    {
        using var document = JsonElementExtensions.TryParse(manifest.Content);
        var root = document?.RootElement ?? default(System.Text.Json.JsonElement);
        return [.. root.Items("layers").Concat(root.Items("manifests")).Select(layer => (layer.Text("digest"), layer.Number("size") ?? 0))];
    }

    private async Task<IReadOnlyList<(string Reference, ManifestContent Manifest)>> ManifestsAsync(IReadOnlyList<string> references,
        CancellationToken cancellation)
    {
        if (references.Count == 0)
        {
            return [];
        }

        var registry = registries.For(RegistryAccess.PullFromOutput);
        var found = await Task.WhenAll(references.Distinct().Select(async reference =>
        {
            try
            {
                return ImageReference.TryParse(reference) is { } parsed
                    ? (reference, await registry.GetManifestAsync(parsed, cancellation).ConfigureAwait(false)) : default;
            }
            catch (RegistryException)
            {
                return default;
            }
        })).ConfigureAwait(false);
        return [.. found.Where(cache => cache.Item2 is not null)];
    }
}
