using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Caches;

/// <summary>
/// What a builder, and the machine that asks it, can do with each cache backend: known before the build, because an
/// unknown exporter ends a build whatever <c>ignore-error</c> says, and buildx drops a <c>gha</c> cache without a token
/// silently.
/// </summary>
internal static class CacheAbilities
{
    // Not compiled into the engine's BuildKit.
    private static readonly string[] ObjectStores = ["s3", "azblob"];

    /// <summary>Whether the builder writes caches of a backend.</summary>
    public static bool Writes(Builder builder, string type) =>
        type == "inline" || (builder.Features.ExportsCaches && Reads(builder, type));

    /// <summary>Whether the builder reads caches of a backend.</summary>
    public static bool Reads(Builder builder, string type) =>
        builder.Driver != BuilderDriver.Docker || !ObjectStores.Contains(type);

    /// <summary>Leaves out what cannot be done: one warning for the builder, one for GitHub's token.</summary>
    /// <param name="caches">The caches.</param>
    /// <param name="builder">The builder; null when it is not known.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="location">The project.</param>
    public static ResolvedCaches Filter(
        ResolvedCaches caches, Builder? builder, BuildEnvironment environment, SourceLocation? location)
    {
        var diagnostics = caches.Diagnostics.ToList();
        var (from, to) = (caches.From.ToList(), caches.To.ToList());
        if (builder is not null)
        {
            var unread = from.Where(cache => !Reads(builder, cache.Type)).ToList();
            var unwritten = to.Where(cache => !Writes(builder, cache.Type)).ToList();
            if (unread.Count + unwritten.Count > 0)
            {
                var types = string.Join(" or ", unwritten.Concat(unread).Select(cache => cache.Type).Distinct());
                diagnostics.Add(unwritten.Count > 0
                    ? CacheDiagnostics.BuilderCannotExport.At(location, builder.DisplayName, types, builder.Kind,
                        string.Join(", ", unwritten.Select(cache => cache.Display)))
                    : CacheDiagnostics.BuilderCannotImport.At(location, builder.DisplayName, types, builder.Kind,
                        string.Join(", ", unread.Select(cache => cache.Display))));
            }

            from.RemoveAll(unread.Contains);
            to.RemoveAll(unwritten.Contains);
        }

        if (from.Concat(to).Any(cache => cache.Type == "gha") && !HasGitHubCache(environment))
        {
            diagnostics.Add(CacheDiagnostics.GitHubTokenMissing.At(location));
            from.RemoveAll(cache => cache.Type == "gha");
            to.RemoveAll(cache => cache.Type == "gha");
        }

        // buildx would print a line that looks like a problem.
        var missing = from.Where(cache => cache.Type == "local" && !File.Exists(Path.Combine(cache["src"], "index.json"))).ToList();
        diagnostics.AddRange(missing.Select(cache => CacheDiagnostics.NotRead.At(location, cache["src"], "there is none yet")));
        from.RemoveAll(missing.Contains);
        return caches with { From = from, To = to, Diagnostics = diagnostics };
    }

    private static bool HasGitHubCache(BuildEnvironment environment) =>
        environment.GetValueOrDefault("ACTIONS_RUNTIME_TOKEN", "").Length > 0
        && (environment.GetValueOrDefault("ACTIONS_RESULTS_URL", "").Length > 0 || environment.GetValueOrDefault("ACTIONS_CACHE_URL", "").Length > 0);
}
