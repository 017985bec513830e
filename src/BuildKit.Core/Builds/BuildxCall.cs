using BuildKit.Core.Builders;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Builds;

/// <summary>A call of buildx: what differs between a build, a round of a bake and a check.</summary>
/// <param name="Arguments">Arguments for docker, from <c>buildx</c> on.</param>
/// <param name="Builder">The builder, whose buildx runs.</param>
/// <param name="Folder">Full path of the folder to run in.</param>
internal sealed record BuildxCall(IReadOnlyList<string> Arguments, Builder Builder, string Folder)
{
    /// <summary>Full path of the metadata file that the arguments name; empty without one.</summary>
    public string MetadataFile { get; init; } = "";

    /// <summary>What is pushed: the SDK's variables are a login for its registries.</summary>
    public IReadOnlyList<ImageReference> Pushed { get; init; } = [];

    /// <summary>Registries of the caches that are written.</summary>
    public IReadOnlyList<string> CacheRegistries { get; init; } = [];

    /// <summary>Variables for this call alone; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Takes the steps; the rounds of a bake share one.</summary>
    public BuildGraph Graph { get; init; } = new();

    /// <summary>Sees each line of the progress stream before it is read.</summary>
    public Action<string>? Observer { get; init; }
}
