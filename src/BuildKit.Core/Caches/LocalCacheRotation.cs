using System.Globalization;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Caches;

/// <summary>
/// Local caches are written beside their folder and take its place when they are whole: BuildKit itself only ever adds
/// to the folder, and leaves half a cache when it is interrupted. A folder that is a disk of its own, as CI systems mount
/// them, cannot be moved: there the two are inside of it, and what is in them changes places.
/// </summary>
internal sealed class LocalCacheRotation
{
    // All that BuildKit writes; a disk may have more, for example lost+found.
    private static readonly string[] Layout = ["blobs", "index.json", "oci-layout", "ingest"];

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
                Remove(old);
                Move(target, old);
                Move(partial, target);
                Remove(old);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                failed.Add(CacheDiagnostics.NotSwapped.With(target, failure.Message));
                Restore(old, target);
            }
        }

        return failed;
    }

    /// <summary>Removes what was not put in its place.</summary>
    public void Clear() => folders.ForEach(pair => Remove(pair.Partial));

    private CacheReference Redirect(CacheReference cache, string image)
    {
        var target = Path.TrimEndingDirectorySeparator(cache["dest"]);
        target = Directory.Exists(target) ? Directory.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target : target;
        // BuildKit sends the path in a header of gRPC, which takes ASCII alone.
        var name = string.Concat(
            image.Select(letter => char.IsAscii(letter) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"u{(int)letter:x4}")));
        var partial = IsDisk(target) ? Path.Combine(target, $".{name}.partial") : $"{target}.{name}.partial";
        // Left by a build that was killed.
        Remove(partial);
        Remove(partial + ".old");
        folders.Add((target, partial));
        return cache with { Attributes = [.. cache.Attributes.Select(a => a.Key == "dest" ? new KeyValuePair<string, string>("dest", partial) : a)] };
    }

    private static bool IsDisk(string folder) =>
        DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.RootDirectory.FullName) == folder);

    private static void Move(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        if (!IsDisk(from) && !IsDisk(to))
        {
            Directory.Move(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var entry in Layout.Where(entry => Path.Exists(Path.Combine(from, entry))))
        {
            // It moves files too.
            Directory.Move(Path.Combine(from, entry), Path.Combine(to, entry));
        }
    }

    private static void Restore(string old, string target)
    {
        try
        {
            if (!Directory.Exists(target) || IsDisk(target))
            {
                Move(old, target);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Then there is no cache; the next build writes a new one.
        }
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
