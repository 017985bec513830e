using BuildKit.Core.Builds;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Asks the registries, before anything is baked, whether they take the images that were never pushed there: all at once,
/// each repository once, with one login for each registry.
/// </summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
internal sealed class BakePreflight(BuildEnvironment environment, RegistryClients registries)
{
    /// <summary>The images that cannot be pushed.</summary>
    public async Task<IReadOnlyDictionary<BakeEntry, PushRefusal>> CheckAsync(IReadOnlyList<BakeEntry> entries, CancellationToken cancellation)
    {
        var checks = entries.SelectMany(entry => entry.Unverified.Select(ImageReference.TryParse).OfType<ImageReference>()
            .Select(tag => (Tag: tag, entry.Builder)))
            .DistinctBy(push => push.Tag.Name)
            .Select(async push => (push.Tag.Name, (await BuilderPreflight.Of(push.Builder, environment, registries).CheckAsync(push.Tag, cancellation)
                .ConfigureAwait(false)).Refusal));
        var refusals = (await Task.WhenAll(checks).ConfigureAwait(false)).Where(check => check.Refusal is not null)
            .ToDictionary(check => check.Name, check => check.Refusal!);
        return entries
            .Select(entry => (entry,
                Refusal: entry.Unverified.Select(tag => refusals.GetValueOrDefault(ImageReference.TryParse(tag)?.Name ?? ""))
                    .FirstOrDefault(refusal => refusal is not null)))
            .Where(found => found.Refusal is not null).ToDictionary(found => found.entry, found => found.Refusal!);
    }
}
