using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Registries;
using BuildKit.Core.Settings;

namespace BuildKit.Core.CacheReferences;

/// <summary>What a project says about its caches, as written; a text that is empty is not set.</summary>
public sealed record CacheSettings
{
    /// <summary><c>BuildKitCacheProfile</c>.</summary>
    public string Profile { get; init; } = "";

    /// <summary><c>BuildKitCacheType</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>BuildKitCacheWrite</c>.</summary>
    public string Write { get; init; } = "";

    /// <summary><c>BuildKitCacheRepository</c>.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>BuildKitDevelopmentCacheTag</c>.</summary>
    public string DevelopmentTag { get; init; } = "";

    /// <summary><c>BuildKitProductionCacheTag</c>.</summary>
    public string ProductionTag { get; init; } = "";

    /// <summary><c>BuildKitDefaultBranch</c>.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary><c>BuildKitBaseBranch</c>.</summary>
    public string BaseBranch { get; init; } = "";

    /// <summary><c>BuildKitCacheCompression</c>.</summary>
    public string Compression { get; init; } = "";

    /// <summary><c>BuildKitForce</c>: also what was refused before is written.</summary>
    public bool Force { get; init; }

    /// <summary>Items <c>BuildKitCacheFrom</c> and <c>BuildKitCacheTo</c>, in order.</summary>
    public IReadOnlyList<CacheItem> Items { get; init; } = [];
}

/// <summary>Chooses the caches of the images of a project: profile, then items, then what can be done and is worth it.</summary>
/// <param name="settings">What the project says.</param>
/// <param name="projectFile">Full path of the project.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="builder">The builder; null when it is not known.</param>
public sealed class CachePlanner(
    CacheSettings settings, string projectFile, IReadOnlyDictionary<string, string> environment, Builder? builder)
{
    private readonly SourceLocation location = new(projectFile);

    /// <summary>Chooses the caches of one image, without those writes that are not worth it.</summary>
    /// <param name="plan">The image.</param>
    /// <param name="registries">The registries.</param>
    /// <param name="cancellation">Ends the question to the registry.</param>
    /// <exception cref="DiagnosticException">BK2001, BK2002, BK2003, BK4004.</exception>
    public async Task<ResolvedCaches> ResolveAsync(PlannedBuild plan, RegistryClients registries, CancellationToken cancellation)
    {
        var caches = Choose(plan.Request);
        return settings.Force ? caches : await new CacheWriteCheck(registries)
            .FilterAsync(caches, CacheRecord.Read(plan.Request.FileOf(".caches")), plan, location, cancellation).ConfigureAwait(false);
    }

    /// <summary>Chooses the caches of one image; asks nobody.</summary>
    /// <param name="request">The image.</param>
    /// <exception cref="DiagnosticException">BK2001, BK2002, BK2003, BK4004.</exception>
    public ResolvedCaches Choose(BuildRequest request)
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        var profile = settings.Profile.Length == 0 ? default(CacheProfile?)
            : Value("BuildKitCacheProfile", settings.Profile, CacheProfile.Development);
        var write = Value("BuildKitCacheWrite", settings.Write, CacheWrite.Auto);
        var choice = CacheProfileChoice.Of(
            profile, CiSystems.Find(environment), settings.DefaultBranch, settings.BaseBranch, new GitBranches(folder));
        var caches = CacheReferenceResolver.Resolve(new CacheQuestion
        {
            Scope = CacheScope.Of(request.Tags.Count > 0 ? request.Tags[0] : null, settings.Repository, settings.DevelopmentTag, settings.ProductionTag, location),
            Profile = choice.Profile,
            Choice = choice,
            Type = Value("BuildKitCacheType", settings.Type, CacheType.Registry),
            Write = write,
            Compression = Compression(),
            Pushes = request.Pushes,
            FromDockerfile = request.PublishOutput is null,
            ImageReferences = [.. request.Tags.Select(tag => tag.ToString())],
            Platforms = request.Platforms,
            Builder = builder,
            Location = location,
        });
        // Items are a wish in so many words: they are written whether or not the image is pushed.
        var refusal = write == CacheWrite.Never ? "BuildKitCacheWrite is never" : write == CacheWrite.Always ? "" : choice.WriteRefusal;
        caches = CacheItems.Apply(
            caches,
            [.. settings.Items.Where(item => item.Image.Length == 0 || item.Image.Equals(request.Name, StringComparison.OrdinalIgnoreCase))],
            CacheItems.ScopeOf(request.Tags.Count > 0 ? request.Tags[0].Repository : request.Name, request.TargetStage, request.Platforms),
            folder,
            item => ProjectFileLocation.Of(projectFile, item.ItemName, item.Include),
            refusal);
        return CacheAbilities.Filter(caches, builder, environment, location);
    }

    // The line is looked up only when it has to be told.
    private T Value<T>(string property, string value, T byDefault)
        where T : struct, Enum
    {
        try
        {
            return CacheValues.Parse(property, value, byDefault, location);
        }
        catch (DiagnosticException)
        {
            return CacheValues.Parse(property, value, byDefault, At(property));
        }
    }

    private string Compression()
    {
        var key = CacheBackend.KeysOf("registry").First(key => key.Name == "compression");
        var value = settings.Compression.ToLowerInvariant();
        return value.Length == 0 || key.Choices.Contains(value) ? value : throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.At(
            At("BuildKitCacheCompression"), "BuildKitCacheCompression", settings.Compression, string.Join(", ", key.Choices), ""));
    }

    private SourceLocation At(string property) => ProjectFileLocation.Of(projectFile, property);
}
