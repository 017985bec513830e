namespace BuildKit.Core.Images;

/// <summary>What a build left: the result that goes into <c>@(BuildKitImage)</c>.</summary>
public sealed record BuiltImage
{
    /// <summary>Name of the image definition.</summary>
    public required string Name { get; init; }

    /// <summary>All references that the image has now, with their tags.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Digest of the image's manifest, or of its index; empty for a plain folder.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Media type of what <see cref="Digest"/> names.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Digest of the configuration; empty when there are several or BuildKit does not say.</summary>
    public string ConfigDigest { get; init; } = "";

    /// <summary>Id of the image that was loaded into the engine; a loaded archive has another manifest than the pushed image.</summary>
    public string EngineId { get; init; } = "";

    /// <summary>Platforms, for example <c>linux/amd64</c>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The images behind an index in a registry, one for each platform; empty for an image without an index.</summary>
    public IReadOnlyList<PlatformImage> PlatformImages { get; init; } = [];

    /// <summary>Manifest, as JSON; empty where neither a registry nor the engine gives it.</summary>
    public string ManifestJson { get; init; } = "";

    /// <summary>Configuration, as JSON; empty where neither a registry nor the engine gives it.</summary>
    public string ConfigJson { get; init; } = "";

    /// <summary>How long the build took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps that BuildKit had cached.</summary>
    public int StepsCached { get; init; }

    /// <summary>Steps that BuildKit ran.</summary>
    public int StepsRun { get; init; }

    /// <summary>The slowest step and its seconds; empty when nothing ran.</summary>
    public string SlowestStep { get; init; } = "";

    /// <summary>Cache references that were read.</summary>
    public IReadOnlyList<string> CacheRead { get; init; } = [];

    /// <summary>Cache references that were written.</summary>
    public IReadOnlyList<string> CacheWritten { get; init; } = [];

    /// <summary>What the caches did, for the summary of a build; empty without caches. Not part of the record.</summary>
    public string CacheSummary { get; init; } = "";

    /// <summary>Full path of the page with the build's timeline; empty without one. Not part of the record.</summary>
    public string Page { get; init; } = "";

    /// <summary>Whether <see cref="Page"/> is on a CI system's runner, where its reader is not. Not part of the record.</summary>
    public bool IsPageOnRunner { get; init; }

    /// <summary>Bytes of build context that were sent.</summary>
    public long ContextBytes { get; init; }

    /// <summary>Bytes that were pushed, by comparing manifests; -1 when it is not known.</summary>
    public long PushedBytes { get; init; } = -1;

    /// <summary>Compressed size of the image in bytes; -1 when it is not known.</summary>
    public long Size { get; init; } = -1;

    /// <summary>Whether nothing had changed and no build was needed.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Whether it is in the registry of its references. Not part of the record.</summary>
    public bool Pushed { get; init; }

    /// <summary>Whether it is in the engine. Not part of the record.</summary>
    public bool Loaded { get; init; }

    /// <summary>Whether the steps are those of the user's own Dockerfile. Not part of the record.</summary>
    public bool FromDockerfile { get; init; }

    /// <summary>Why it was built, as the end of a sentence that begins with "because". Not part of the record.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What happened, line by line, for those who ask for it with <c>BuildKitProgress=details</c>. Not part of the record.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Files and folders that were written as outputs.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
