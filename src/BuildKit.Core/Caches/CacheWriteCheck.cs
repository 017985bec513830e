using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Caches;

/// <summary>
/// Leaves out writes that would add nothing or be refused again. What is written is fixed before the build, so "nothing
/// new" means: the last build of the same inputs found every step cached, or all that is new of published files is the
/// application's own layer; and the reference still is what that build saw.
/// </summary>
/// <param name="registries">The registries.</param>
internal sealed class CacheWriteCheck(RegistryClients registries)
{
    /// <summary>Leaves writes out.</summary>
    /// <param name="caches">The caches.</param>
    /// <param name="record">What the last builds learned.</param>
    /// <param name="plan">This build.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends the question to the registry.</param>
    public async Task<ResolvedCaches> FilterAsync(
        ResolvedCaches caches, CacheRecord record, PlannedBuild plan, SourceLocation? location, CancellationToken cancellation)
    {
        var refused = caches.To.Where(cache => record.Refusals.ContainsKey(cache.Reference)).ToList();
        caches = caches with
        {
            To = [.. caches.To.Except(refused)],
            Diagnostics = [.. caches.Diagnostics, .. refused.Select(cache =>
                CacheDiagnostics.WriteNotTried.At(location, cache.Reference, record.Refusals[cache.Reference]))],
        };
        if (!AddsNothing(record, plan))
        {
            return caches;
        }

        var unchanged = new List<CacheReference>();
        var registry = registries.For(RegistryAccess.PullFromOutput);
        foreach (var cache in caches.To.Where(cache => record.Digests.ContainsKey(cache.Reference)))
        {
            if (await DigestAsync(registry, cache.Reference, cancellation).ConfigureAwait(false) == record.Digests[cache.Reference])
            {
                unchanged.Add(cache);
            }
        }

        return unchanged.Count == 0 ? caches : caches with
        {
            To = [.. caches.To.Except(unchanged)],
            Reason =
                $"{caches.Reason}; not written again, since nothing would be added: {string.Join(", ", unchanged.Select(cache => cache.Reference))}",
        };
    }

    private static bool AddsNothing(CacheRecord record, PlannedBuild plan) =>
        (record.AllCached && plan.Fingerprint.Length > 0 && record.Fingerprint == plan.Fingerprint)
        || (plan.Request.PublishOutput is { } output && record.Lasting == LastingLayers.KeyOf(output));

    private static async Task<string> DigestAsync(RegistryClient registry, string reference, CancellationToken cancellation)
    {
        try
        {
            return ImageReference.TryParse(reference) is { } parsed
                && await registry.HeadManifestAsync(parsed, cancellation).ConfigureAwait(false) is { } head ? head.Digest : "";
        }
        catch (RegistryException)
        {
            return "";
        }
    }
}
