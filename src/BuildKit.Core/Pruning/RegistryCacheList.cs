using System.Globalization;
using System.Text.Json;
using BuildKit.Core.Caches;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Pruning;

/// <summary>Finds the caches in a repository: manifests with BuildKit's cache configuration.</summary>
/// <param name="registry">The registry's client.</param>
/// <param name="scope">Names of the caches.</param>
internal sealed class RegistryCacheList(RegistryClient registry, CacheScope scope)
{
    private const string CacheConfig = "application/vnd.buildkit.cacheconfig.v0";
    private const int AtOnce = 8;

    private readonly ImageReference repository = ImageReference.TryParse(scope.Repository)! with { Tag = "" };

    /// <summary>Lists the caches, by tag; other tags of the repository are not looked into unless the pattern names them.</summary>
    /// <param name="rules">Whose pattern names tags besides those of the scope; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RegistryException">The registry did not answer.</exception>
    public async Task<IReadOnlyList<CacheEntry>> FindAsync(PruneRules? rules, CancellationToken cancellation)
    {
        var tags = await registry.GetTagsAsync(repository, cancellation).ConfigureAwait(false);
        var entries = await EachAsync(tags.Where(tag => WriterOf(tag) != "other" || rules?.Matches(tag) == true),
            tag => ReadAsync(tag, cancellation), cancellation)
            .ConfigureAwait(false);
        return [.. entries.OfType<CacheEntry>().OrderBy(entry => entry.Tag, StringComparer.Ordinal)];
    }

    /// <summary>Every manifest that tags other than these use, directly or through an index: digest to one such tag.</summary>
    /// <param name="removed">Tags that are to go.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RegistryException">One could not be looked at: then nothing may be deleted.</exception>
    public async Task<IReadOnlyDictionary<string, string>> UsedAsync(IReadOnlySet<string> removed, CancellationToken cancellation)
    {
        var tags = await registry.GetTagsAsync(repository, cancellation).ConfigureAwait(false);
        var manifests = await EachAsync(tags.Where(tag => !removed.Contains(tag)), async tag =>
        {
            var manifest = await GetAsync(tag, cancellation).ConfigureAwait(false);
            return (Tag: tag, Digests: manifest is null ? [] : Children(manifest).Append(manifest.Digest).ToList());
        }, cancellation).ConfigureAwait(false);
        var used = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, digest) in manifests.SelectMany(manifest => manifest.Digests.Select(digest => (manifest.Tag, digest))))
        {
            used[digest] = tag;
        }

        return used;
    }

    private string WriterOf(string tag) =>
        tag == scope.DevelopmentTag || tag.StartsWith(scope.DevelopmentTag + "_", StringComparison.Ordinal) ? "development"
        : tag == scope.ProductionTag || tag.StartsWith(scope.ProductionTag + "_", StringComparison.Ordinal) ? "production"
        : tag.StartsWith(scope.ProductionTag + "-pr_", StringComparison.Ordinal) ? "pull request"
        : tag.StartsWith(scope.ProductionTag + "-", StringComparison.Ordinal) ? "branch"
        : "other";

    private static string PlatformOf(string tag) =>
        tag[(tag.LastIndexOf('_') + 1)..].Split('-') is [var os, var architecture, .. var variant]
        && Platform.TryParse(string.Join('/', [os, architecture, .. variant])) is { } platform ? platform.ToString() : "";

    private async Task<CacheEntry?> ReadAsync(string tag, CancellationToken cancellation)
    {
        if (await GetAsync(tag, cancellation).ConfigureAwait(false) is not { } manifest || ConfigOf(manifest) is not { Length: > 0 } config)
        {
            return null;
        }

        using var document = JsonElementExtensions.TryParse(System.Text.Encoding.UTF8.GetBytes(
            await registry.GetTextBlobAsync(repository, config, cancellation).ConfigureAwait(false)));
        var size = CacheReport.Layers(manifest).Where(layer => layer.Digest != config).Sum(layer => layer.Size);
        return new CacheEntry(scope.Repository, tag, manifest.Digest, size, NewestOf(document?.RootElement ?? default), WriterOf(tag),
            PlatformOf(tag));
    }

    private async Task<ManifestContent?> GetAsync(string tag, CancellationToken cancellation)
    {
        try
        {
            return await registry.GetManifestAsync(repository with { Tag = tag }, cancellation).ConfigureAwait(false);
        }
        catch (RegistryException failure) when (failure.Kind == RegistryFailure.NotFound)
        {
            // Deleted since the tags were listed.
            return null;
        }
    }

    // As an image manifest the configuration is its own; in the older form it is one of the index's entries.
    private static string ConfigOf(ManifestContent manifest)
    {
        using var document = JsonElementExtensions.TryParse(manifest.Content);
        var root = document?.RootElement ?? default(JsonElement);
        return root.Items("manifests").Append(root.Member("config"))
            .Where(entry => entry.Text("mediaType") == CacheConfig).Select(entry => entry.Text("digest")).FirstOrDefault("");
    }

    private static List<string> Children(ManifestContent manifest)
    {
        using var document = JsonElementExtensions.TryParse(manifest.Content);
        return [.. (document?.RootElement.Items("manifests") ?? []).Select(entry => entry.Text("digest"))];
    }

    // BuildKit keeps the time of each result in the configuration, not of the whole.
    private static DateTimeOffset? NewestOf(JsonElement config)
    {
        var times = config.Items("records").SelectMany(record => record.Items("layers")).Select(layer => layer.Text("createdAt"))
            .Concat(config.Items("layers").Select(layer => layer.Member("annotations").Text("createdAt")))
            .Select(text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : default(DateTimeOffset?))
            .OfType<DateTimeOffset>().ToList();
        return times.Count == 0 ? null : times.Max();
    }

    private static async Task<IReadOnlyList<T>> EachAsync<T>(IEnumerable<string> tags, Func<string, Task<T>> read, CancellationToken cancellation)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(tags.Select(async tag =>
        {
            await gate.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await read(tag).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        })).ConfigureAwait(false);
    }
}
