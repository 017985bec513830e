using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Caches;

/// <summary>What a project says about its caches.</summary>
public sealed record CacheSettings
{
    /// <summary><c>BuildKitCacheProfile</c>; null leaves the choice to what is known of the CI system.</summary>
    public CacheProfile? Profile { get; init; }

    /// <summary><c>BuildKitCacheType</c>.</summary>
    public CacheType Type { get; init; }

    /// <summary><c>BuildKitCacheWrite</c>.</summary>
    public CacheWrite Write { get; init; }

    /// <summary><c>BuildKitCacheRepository</c>; empty for each image's own.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>BuildKitDevelopmentCacheTag</c>.</summary>
    public string DevelopmentTag { get; init; } = "";

    /// <summary><c>BuildKitProductionCacheTag</c>.</summary>
    public string ProductionTag { get; init; } = "";

    /// <summary><c>BuildKitDefaultBranch</c>; empty when only CI may know it.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary><c>BuildKitBaseBranch</c>; empty when only CI may know it.</summary>
    public string BaseBranch { get; init; } = "";

    /// <summary><c>BuildKitCacheCompression</c>; empty for BuildKit's own default.</summary>
    public string Compression { get; init; } = "";

    /// <summary>Items <c>BuildKitCacheFrom</c> and <c>BuildKitCacheTo</c>, in order.</summary>
    public IReadOnlyList<CacheItem> Items { get; init; } = [];

    /// <summary>Reads them.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static CacheSettings Of(ProjectSettings project) => Named(project) with
    {
        Profile = project.IsSet("BuildKitCacheProfile") ? project.Choice("BuildKitCacheProfile", CacheProfile.Development) : null,
        Type = project.Choice("BuildKitCacheType", CacheType.Registry),
        Write = project.Choice("BuildKitCacheWrite", CacheWrite.Auto),
        Compression = project.Choice("BuildKitCacheCompression"),
        DefaultBranch = project["BuildKitDefaultBranch"],
        BaseBranch = project["BuildKitBaseBranch"],
    };

    /// <summary>The names of an image's caches.</summary>
    /// <param name="image">First reference of the image; null when it has none.</param>
    /// <param name="location">The project, in which the line is looked up for a diagnostic.</param>
    /// <returns>Null when there is no registry to keep a cache in.</returns>
    /// <exception cref="DiagnosticException">BK2002, BK2003.</exception>
    public CacheScope? ScopeOf(ImageReference? image, SourceLocation? location) =>
        CacheScope.Of(image, Repository, DevelopmentTag, ProductionTag, location);

    /// <summary>Checks names and items, which need no builder for it.</summary>
    /// <param name="project">What the project says.</param>
    /// <returns>BK2002, BK2003, BK4004: all that is wrong.</returns>
    public static IReadOnlyList<Diagnostic> Check(ProjectSettings project)
    {
        var (found, caches) = (new List<Diagnostic>(), Named(project));
        Collect(() => caches.ScopeOf(null, new SourceLocation(project.ProjectFile)));
        foreach (var item in caches.Items.Where(item => item.Include.Trim().Length > 0 && !item.IsAuto))
        {
            Collect(() => item.ToReference(project.ProjectFolder, () => ProjectFileLocation.Of(project.ProjectFile, item.ItemName, item.Include)));
        }

        return found;

        void Collect(Func<object?> read)
        {
            try
            {
                read();
            }
            catch (DiagnosticException wrong)
            {
                found.AddRange(wrong.Diagnostics);
            }
        }
    }

    private static CacheSettings Named(ProjectSettings project) => new()
    {
        Repository = project["BuildKitCacheRepository"],
        DevelopmentTag = project["BuildKitDevelopmentCacheTag"],
        ProductionTag = project["BuildKitProductionCacheTag"],
        Items =
        [
            .. project.AllOf("BuildKitCacheFrom").Select(item => new CacheItem(item.Include, item.Metadata, IsWrite: false)),
            .. project.AllOf("BuildKitCacheTo").Select(item => new CacheItem(item.Include, item.Metadata, IsWrite: true)),
        ],
    };
}
