using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Caches;

/// <summary>
/// Leaves out the caches of registries that take a question and do not answer. BuildKit would wait for them without end; and when such
/// a build is ended, it goes on waiting, and begins no step of any later build.
/// </summary>
/// <param name="registries">The registries.</param>
internal sealed class SilentCaches(RegistryClients registries)
{
    /// <summary>Asks for what will be read and where something will be written, all at once.</summary>
    /// <param name="caches">The caches.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<ResolvedCaches> LeaveOutAsync(ResolvedCaches caches, SourceLocation? location, CancellationToken cancellation)
    {
        var reads = caches.From.Where(cache => cache.Host.Length > 0).Select(cache => cache.Reference).Distinct().ToList();
        var hosts = caches.To.Select(cache => cache.Host).Where(host => host.Length > 0).Except(caches.From.Select(cache => cache.Host)).ToList();
        var silentReads = await SilentAsync(reads, IsSilentAsync).ConfigureAwait(false);
        var silentHosts = (await SilentAsync(hosts, registries.IsSilentAsync).ConfigureAwait(false))
            .Concat(silentReads.Select(reference => CacheReference.Registry(reference).Host)).ToHashSet();
        bool IsLeftOut(CacheReference cache) => silentHosts.Contains(cache.Host);
        if (!caches.From.Concat(caches.To).Any(IsLeftOut))
        {
            return caches;
        }

        return caches with
        {
            From = [.. caches.From.Where(cache => !IsLeftOut(cache))],
            To = [.. caches.To.Where(cache => !IsLeftOut(cache))],
            Diagnostics = [.. caches.Diagnostics, .. silentHosts.Order().Select(host => CacheDiagnostics.RegistrySilent.At(
                location, host, string.Join(", ", caches.From.Concat(caches.To).Where(cache => cache.Host == host).Select(cache => cache.Reference)
                    .Distinct())))],
        };

        async Task<IReadOnlyList<string>> SilentAsync(IReadOnlyList<string> names, Func<string, CancellationToken, Task<bool>> isSilent)
        {
            var answers = await Task.WhenAll(names.Select(name => isSilent(name, cancellation))).ConfigureAwait(false);
            return [.. names.Where((_, at) => answers[at])];
        }
    }

    private async Task<bool> IsSilentAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            if (ImageReference.TryParse(reference) is { } parsed)
            {
                await registries.For(RegistryAccess.PullFromOutput).HeadManifestAsync(parsed, cancellation).ConfigureAwait(false);
            }

            return false;
        }
        catch (RegistryException failure)
        {
            // Whatever else is wrong, BuildKit finds out in time, and goes on without the cache.
            return failure.IsSilence;
        }
    }
}
