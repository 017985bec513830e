using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Caches;

/// <summary>
/// The project's own caches: items of one direction take the place of what the profile gives for it; the item
/// <c>auto</c> among them stands for that, so that they can come before or after it.
/// </summary>
internal static class CacheItems
{
    /// <summary>Puts the items in.</summary>
    /// <param name="caches">What the profile gives.</param>
    /// <param name="items">Items of the image, in order.</param>
    /// <param name="scope">Default scope of <c>gha</c> caches.</param>
    /// <param name="folder">Folder of the project.</param>
    /// <param name="location">Finds the place of an item.</param>
    /// <param name="writeRefusal">Why nothing may be written; empty when it may.</param>
    /// <exception cref="DiagnosticException">BK4004, for all items that are wrong.</exception>
    public static ResolvedCaches Apply(
        ResolvedCaches caches, IReadOnlyList<CacheItem> items, string scope, string folder, Func<CacheItem, SourceLocation?> location,
        string writeRefusal)
    {
        var wrong = new List<Diagnostic>();
        var from = Read(items.Where(item => !item.IsWrite), caches.From);
        var to = Read(items.Where(item => item.IsWrite), caches.To);
        if (wrong.Count > 0)
        {
            throw new DiagnosticException([.. wrong]);
        }

        if (from is null && to is null)
        {
            return caches;
        }

        var refused = to is not null && writeRefusal.Length > 0;
        var result = caches with { From = from ?? caches.From, To = refused ? [] : to ?? caches.To };
        var writes = refused ? "nothing: " + writeRefusal : List(result.To);
        return result with { Reason = $"items of the project: reads {List(result.From, ", then ")}; writes {writes}" };

        IReadOnlyList<CacheReference>? Read(IEnumerable<CacheItem> list, IReadOnlyList<CacheReference> automatic)
        {
            var references = new List<CacheReference>();
            var any = false;
            // Empty is what a property leaves that is not set.
            foreach (var item in list.Where(item => item.Include.Trim().Length > 0))
            {
                any = true;
                try
                {
                    references.AddRange(item.IsAuto ? automatic : [WithScope(item.ToReference(folder, () => location(item)), scope)]);
                }
                catch (DiagnosticException failure)
                {
                    wrong.AddRange(failure.Diagnostics);
                }
            }

            return any ? references : null;
        }
    }

    /// <summary>The scope of a <c>gha</c> cache: with one for all images, as GitHub's is by default, the last one wins.</summary>
    /// <param name="image">The image.</param>
    /// <param name="target">Stage that is built; may be empty.</param>
    /// <param name="platforms">Its platforms; may be none.</param>
    public static string ScopeOf(string image, string target, IEnumerable<Platform> platforms) =>
        string.Join('-', new[] { image.Replace('/', '-'), target }
            .Concat(platforms.Select(platform => platform.ToString().Replace('/', '-'))).Where(part => part.Length > 0));

    private static CacheReference WithScope(CacheReference cache, string scope) =>
        cache.Type == "gha" && scope.Length > 0 ? cache.WithDefault("scope", scope) : cache;

    private static string List(IReadOnlyList<CacheReference> caches, string separator = ", ") =>
        caches.Count == 0 ? "nothing" : string.Join(separator, caches.Select(cache => cache.Display));
}
