using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Caches;

/// <summary>Names of the cache references of one image: its repository and the two tags of the guide.</summary>
/// <param name="Repository">Registry and repository, for example <c>registry.example.com/shop-api</c>.</param>
/// <param name="DevelopmentTag">Tag of the development cache.</param>
/// <param name="ProductionTag">Tag of the production cache.</param>
public sealed record CacheScope(string Repository, string DevelopmentTag, string ProductionTag)
{
    /// <summary>The development cache.</summary>
    public string Development => $"{Repository}:{DevelopmentTag}";

    /// <summary>The production cache.</summary>
    public string Production => $"{Repository}:{ProductionTag}";

    /// <summary>The cache of a branch: that of the default branch is the production cache.</summary>
    /// <param name="branch">Its name.</param>
    /// <param name="defaultBranch">Name of the default branch; empty when it is not known.</param>
    public string Branch(string branch, string defaultBranch) =>
        branch == defaultBranch ? Production : $"{Repository}:{CacheTag.OfBranch(ProductionTag, branch)}";

    /// <summary>The cache of a pull request.</summary>
    /// <param name="number">Its number, or whatever names it.</param>
    public string PullRequest(string number) => $"{Repository}:{CacheTag.OfPullRequest(ProductionTag, number)}";

    /// <summary>The scope of an image.</summary>
    /// <param name="image">First reference of the image; null when it has none.</param>
    /// <param name="cacheRepository">Value of <c>BuildKitCacheRepository</c>; empty uses the image's own.</param>
    /// <param name="developmentTag">Value of <c>BuildKitDevelopmentCacheTag</c>.</param>
    /// <param name="productionTag">Value of <c>BuildKitProductionCacheTag</c>.</param>
    /// <param name="location">The project, in which the line is looked up for a diagnostic.</param>
    /// <returns>Null when there is no registry to keep a cache in.</returns>
    /// <exception cref="DiagnosticException">BK2002, BK2003.</exception>
    public static CacheScope? Of(
        ImageReference? image, string cacheRepository, string developmentTag, string productionTag, SourceLocation? location)
    {
        foreach (var (property, tag) in new[] { ("BuildKitDevelopmentCacheTag", developmentTag), ("BuildKitProductionCacheTag", productionTag) })
        {
            if (tag.Length > 0 && !ImageReference.IsTag(tag))
            {
                throw new DiagnosticException(PropertyDiagnostics.InvalidTag.At(At(location, property), property, tag));
            }
        }

        var repository = image is { Registry.Length: > 0 } ? image.Name : "";
        if (cacheRepository.Length > 0)
        {
            var parsed = ImageReference.TryParse(cacheRepository)
                ?? throw new DiagnosticException(PropertyDiagnostics.InvalidRepository.At(
                    At(location, "BuildKitCacheRepository"), "BuildKitCacheRepository", cacheRepository, "it is registry/repository without a tag"));
            repository = parsed.Name;
        }

        return repository.Length == 0 ? null : new CacheScope(
            repository,
            developmentTag.Length > 0 ? developmentTag : PropertyTable.Find("BuildKitDevelopmentCacheTag")!.Default,
            productionTag.Length > 0 ? productionTag : PropertyTable.Find("BuildKitProductionCacheTag")!.Default);
    }

    private static SourceLocation? At(SourceLocation? project, string property) =>
        project is null ? null : ProjectFileLocation.Of(project.File, property);
}
