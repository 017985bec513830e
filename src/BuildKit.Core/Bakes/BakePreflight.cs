using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Asks the registries, before anything is baked, whether they take the images that were never pushed there: all at once,
/// each repository once, with one login for each registry.
/// </summary>
/// <param name="registries">The registries.</param>
internal sealed class BakePreflight(RegistryClients registries)
{
    /// <summary>The images that cannot be pushed.</summary>
    public async Task<IReadOnlyDictionary<BakeEntry, PushRefusal>> CheckAsync(IReadOnlyList<BakeEntry> entries, CancellationToken cancellation)
    {
        var preflight = new PushPreflight(registries);
        var checks = entries.SelectMany(entry => entry.Unverified).Select(ImageReference.TryParse).OfType<ImageReference>()
            .DistinctBy(tag => tag.Name)
            .Select(async tag => (tag.Name, (await preflight.CheckAsync(tag, cancellation).ConfigureAwait(false)).Refusal));
        var refusals = (await Task.WhenAll(checks).ConfigureAwait(false)).Where(check => check.Refusal is not null)
            .ToDictionary(check => check.Name, check => check.Refusal!);
        return entries
            .Select(entry => (entry,
                Refusal: entry.Unverified.Select(tag => refusals.GetValueOrDefault(ImageReference.TryParse(tag)?.Name ?? ""))
                    .FirstOrDefault(refusal => refusal is not null)))
            .Where(found => found.Refusal is not null).ToDictionary(found => found.entry, found => found.Refusal!);
    }
}
