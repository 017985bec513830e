using BuildKit.Core.Builders;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Caches;

/// <summary>Chooses the caches of the images of a project: profile, then items, then what can be done and is worth it.</summary>
/// <param name="settings">What the project says.</param>
/// <param name="projectFile">Full path of the project.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="builder">The builder; null when it is not known.</param>
public sealed class CachePlanner(
    CacheSettings settings, string projectFile, BuildEnvironment environment, Builder? builder)
{
    private readonly SourceLocation location = new(projectFile);

    /// <summary>Chooses the caches of one image, without writes that are not worth it and registries that do not answer.</summary>
    /// <param name="plan">The image.</param>
    /// <param name="registries">The registries.</param>
    /// <param name="cancellation">Ends the question to the registry.</param>
    /// <exception cref="DiagnosticException">BK2001, BK2002, BK2003, BK4004.</exception>
    public async Task<ResolvedCaches> ResolveAsync(PlannedBuild plan, RegistryClients registries, CancellationToken cancellation)
    {
        var caches = Choose(plan.Request);
        caches = plan.Request.Force ? caches : await new CacheWriteCheck(registries)
            .FilterAsync(caches, CacheRecord.Read(plan.Request.FileOf(".caches")), plan, location, cancellation).ConfigureAwait(false);
        return await new SilentCaches(registries).LeaveOutAsync(caches, location, cancellation).ConfigureAwait(false);
    }

    /// <summary>Chooses the caches of one image; asks nobody.</summary>
    /// <param name="request">The image.</param>
    /// <exception cref="DiagnosticException">BK2001, BK2002, BK2003, BK4004.</exception>
    public ResolvedCaches Choose(BuildRequest request)
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        var choice = CacheProfileChoice.Of(
            settings.Profile, CiSystems.Find(environment), settings.DefaultBranch, settings.BaseBranch, new GitBranches(folder));
        var caches = CacheReferenceResolver.Resolve(new CacheQuestion
        {
            Scope = settings.ScopeOf(request.Tags.Count > 0 ? request.Tags[0] : null, location),
            Profile = choice.Profile,
            Choice = choice,
            Type = settings.Type,
            Write = settings.Write,
            Compression = settings.Compression,
            Pushes = request.Pushes,
            FromDockerfile = request.PublishOutput is null,
            ImageReferences = [.. request.Tags.Select(tag => tag.ToString())],
            Platforms = request.Platforms,
            Builder = builder,
            Location = location,
        });
        // Items are a wish in so many words: they are written whether or not the image is pushed.
        var refusal = settings.Write == CacheWrite.Never
            ? "BuildKitCacheWrite is never"
            : settings.Write == CacheWrite.Always ? "" : choice.WriteRefusal;
        caches = CacheItems.Apply(
            caches,
            [.. settings.Items.Where(item => item.Image.Length == 0 || item.Image.Equals(request.Name, StringComparison.OrdinalIgnoreCase))],
            CacheItems.ScopeOf(request.Tags.Count > 0 ? request.Tags[0].Repository : request.Name, request.TargetStage, request.Platforms),
            folder,
            item => ProjectFileLocation.Of(projectFile, item.ItemName, item.Include),
            refusal);
        return CacheAbilities.Filter(caches, builder, environment, location);
    }

    /// <summary>The caches of one image that are to be written, as one text; empty for none. Asks nobody.</summary>
    /// <param name="request">The image.</param>
    public string Written(BuildRequest request) =>
        string.Join(", ", Choose(request).To.Select(cache => cache.Reference).Where(reference => reference.Length > 0));
}
