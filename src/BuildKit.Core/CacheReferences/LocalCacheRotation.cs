using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.CacheReferences;

/// <summary>
/// Local caches are written beside their folder and take its place when they are whole: BuildKit itself only ever adds
/// to the folder, and leaves half a cache when it is interrupted.
/// </summary>
public sealed class LocalCacheRotation
{
    private readonly List<(string Target, string Partial)> folders = [];

    /// <summary>Redirects the local caches.</summary>
    /// <param name="caches">The caches to write.</param>
    /// <param name="image">Name of the image: two of them may name one folder.</param>
    public LocalCacheRotation(IReadOnlyList<CacheReference> caches, string image) =>
        Caches = [.. caches.Select(cache => cache.Type == "local" ? Redirect(cache, image) : cache)];

    /// <summary>The caches as BuildKit is to write them.</summary>
    public IReadOnlyList<CacheReference> Caches { get; }

    /// <summary>Puts what was written whole in its place.</summary>
    /// <returns>BK4010 for what could not be.</returns>
    public IReadOnlyList<Diagnostic> Swap()
    {
        var failed = new List<Diagnostic>();
        foreach (var (target, partial) in folders.Where(pair => File.Exists(Path.Combine(pair.Partial, "index.json"))))
        {
            var old = partial + ".old";
            try
            {
                if (Directory.Exists(target))
                {
                    Directory.Move(target, old);
                }

                Directory.Move(partial, target);
                Remove(old);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                failed.Add(CacheDiagnostics.NotSwapped.With(target, failure.Message));
                if (!Directory.Exists(target) && Directory.Exists(old))
                {
                    Directory.Move(old, target);
                }
            }
        }

        return failed;
    }

    /// <summary>Removes what was not put in its place.</summary>
    public void Clear() => folders.ForEach(pair => Remove(pair.Partial));

    private CacheReference Redirect(CacheReference cache, string image)
    {
        var target = Path.TrimEndingDirectorySeparator(cache["dest"]);
        var partial = $"{target}.{image}.partial";
        // Left by a build that was killed.
        Remove(partial);
        folders.Add((target, partial));
        return cache with { Attributes = [.. cache.Attributes.Select(a => a.Key == "dest" ? new KeyValuePair<string, string>("dest", partial) : a)] };
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is removed by the next build, and in nobody's way until then.
        }
    }
}
