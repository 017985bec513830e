using System.Globalization;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Pruning;

/// <summary>Lists the caches of a repository, and removes those that rules name.</summary>
/// <param name="environment">The environment of the build: credentials are Docker's own.</param>
/// <param name="sink">Gets the list and what is wrong.</param>
/// <param name="options">How registries are asked; null for the defaults.</param>
public sealed class RegistryCachePruner(
    BuildEnvironment environment, IDiagnosticSink sink, RegistryClientOptions? options = null)
{
    private readonly RegistryClientOptions options = (options ?? new RegistryClientOptions()) with { Access = RegistryAccess.Push };

    /// <summary>Lists the caches.</summary>
    /// <returns>None when the registry did not answer, with BK7003.</returns>
    public Task<IReadOnlyList<CacheEntry>> ListAsync(CacheScope scope, SourceLocation? location, CancellationToken cancellation) =>
        AnsweredAsync(scope, location, async registry =>
        {
            var entries = await new RegistryCacheList(registry, scope).FindAsync(null, cancellation).ConfigureAwait(false);
            sink.Message(MessageLevel.Result,
                $"{Caches(entries.Count)} in {scope.Repository}, {Quantity.Bytes(entries.Sum(entry => entry.Size))}");
            Show(entries);
            return entries;
        });

    /// <summary>Removes caches, or says which would go.</summary>
    /// <param name="scope">Names of the caches.</param>
    /// <param name="rules">Which are to go.</param>
    /// <param name="confirmed">Whether to remove; else it is only reported.</param>
    /// <param name="now">The time.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was removed, or would be.</returns>
    public Task<IReadOnlyList<CacheEntry>> PruneAsync(
        CacheScope scope, PruneRules rules, bool confirmed, DateTimeOffset now, SourceLocation? location, CancellationToken cancellation) =>
        AnsweredAsync(scope, location, async registry =>
        {
            var list = new RegistryCacheList(registry, scope);
            var chosen = rules.Select(await list.FindAsync(rules, cancellation).ConfigureAwait(false), now);
            var used = chosen.Count == 0 ? new Dictionary<string, string>()
                : await list.UsedAsync(chosen.Select(entry => entry.Tag).ToHashSet(), cancellation).ConfigureAwait(false);
            var removed = new List<CacheEntry>();
            foreach (var entry in chosen)
            {
                if (used.TryGetValue(entry.Digest, out var user))
                {
                    sink.Report(PruningDiagnostics.StillUsed.At(location, entry.Reference, user));
                }
                else if (!confirmed)
                {
                    removed.Add(entry);
                }
                else if (!await DeleteAsync(registry, entry, location, cancellation).ConfigureAwait(false))
                {
                    break;
                }
                else
                {
                    removed.Add(entry);
                }
            }

            sink.Message(MessageLevel.Result,
                $"{(confirmed ? "removed" : "would remove")} {Caches(removed.Count)} of {scope.Repository} "
                + $"({rules.Pattern}, older than {Age(rules.OlderThan)})"
                + (confirmed || removed.Count == 0 ? "" : "; -p:BuildKitPruneConfirm=true removes them"));
            Show(removed);
            return removed;
        });

    private async Task<bool> DeleteAsync(RegistryClient registry, CacheEntry entry, SourceLocation? location, CancellationToken cancellation)
    {
        if (await registry.DeleteManifestAsync(ImageReference.TryParse(entry.Repository)! with { Tag = "", Digest = entry.Digest }, cancellation)
            .ConfigureAwait(false))
        {
            return true;
        }

        sink.Report(PruningDiagnostics.DeletionNotAllowed.At(location, RegistryHost.Of(ImageReference.TryParse(entry.Repository)!).Name,
            entry.Reference));
        return false;
    }

    private async Task<IReadOnlyList<CacheEntry>> AnsweredAsync(
        CacheScope scope, SourceLocation? location, Func<RegistryClient, Task<IReadOnlyList<CacheEntry>>> ask)
    {
        try
        {
            using var registry = new RegistryClient(environment, options);
            return await ask(registry).ConfigureAwait(false);
        }
        catch (RegistryException failure)
        {
            sink.Report(PruningDiagnostics.RegistryFailed.At(location, scope.Repository, failure.Message));
            return [];
        }
    }

    private static string Caches(int count) => count == 1 ? "1 cache" : $"{count} caches";

    private void Show(IReadOnlyList<CacheEntry> entries)
    {
        var longest = entries.Select(entry => entry.Tag.Length).DefaultIfEmpty().Max();
        entries.ToList().ForEach(entry => sink.Message(MessageLevel.Result, Line(entry, longest)));
    }

    private static string Line(CacheEntry entry, int width)
    {
        var created = entry.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "age unknown";
        return $"{entry.Tag.PadRight(width)}  {Quantity.Bytes(entry.Size),7}  {created,-16}  {entry.Writer} {entry.Platform}".TrimEnd();
    }

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 1 ? $"{age.TotalDays:0.#} days" : age.TotalHours >= 1 ? $"{age.TotalHours:0.#} hours" : $"{age.TotalMinutes:0} minutes";
}
