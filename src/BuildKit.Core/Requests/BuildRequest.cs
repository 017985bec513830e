using BuildKit.Core.CacheReferences;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Requests;

/// <summary>Everything that the build of one image needs, validated; made by <c>BuildRequestReader</c>.</summary>
public sealed record BuildRequest
{
    /// <summary>Name of the image definition; names its files in <see cref="IntermediateFolder"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the project that asks; diagnostics without a better place point here.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>Full path of the folder for our own files (record, metadata, staging).</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>Full path of the Dockerfile; empty when the image is made from published files.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>Published files to make the image of; null when it comes from a Dockerfile.</summary>
    public PublishOutput? PublishOutput { get; init; }

    /// <summary>Full path of the build context, or a URL.</summary>
    public string Context { get; init; } = "";

    /// <summary>Why this context, for the log.</summary>
    public string ContextReason { get; init; } = "";

    /// <summary>Further contexts.</summary>
    public IReadOnlyList<NamedContext> NamedContexts { get; init; } = [];

    /// <summary>Stage to build; empty for the last one.</summary>
    public string TargetStage { get; init; } = "";

    /// <summary>Build arguments, in the order given.</summary>
    public IReadOnlyList<BuildArgument> BuildArguments { get; init; } = [];

    /// <summary>Labels, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Platforms; empty for the builder's own.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>References the image gets.</summary>
    public IReadOnlyList<ImageReference> Tags { get; init; } = [];

    /// <summary>Secrets, by name.</summary>
    public IReadOnlyList<BuildSecret> Secrets { get; init; } = [];

    /// <summary>SSH agents and keys.</summary>
    public IReadOnlyList<SshAgent> SshAgents { get; init; } = [];

    /// <summary>Network of RUN steps: empty, <c>default</c>, <c>none</c> or <c>host</c>.</summary>
    public string Network { get; init; } = "";

    /// <summary>Lines for the host file of RUN steps.</summary>
    public IReadOnlyList<ExtraHost> ExtraHosts { get; init; } = [];

    /// <summary>Further options for <c>docker buildx build</c>, each one argument.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether base images are looked up again.</summary>
    public bool Pull { get; init; }

    /// <summary>Whether every step runs again.</summary>
    public bool NoCache { get; init; }

    /// <summary>Whether it is built although nothing changed.</summary>
    public bool Force { get; init; }

    /// <summary>Whether it is made only because another image of the project is built on it; another project may own it.</summary>
    public bool IsForOthers { get; init; }

    /// <summary>Destinations.</summary>
    public IReadOnlyList<BuildOutput> Outputs { get; init; } = [];

    /// <summary>Media types of the image: empty for the base image's (published files) or BuildKit's own, <c>OCI</c> or <c>Docker</c>.</summary>
    public string ImageFormat { get; init; } = "";

    /// <summary>Attestations.</summary>
    public Attestations Attestations { get; init; } = Attestations.None;

    /// <summary>Caches to read, in order.</summary>
    public IReadOnlyList<CacheReference> CacheFrom { get; init; } = [];

    /// <summary>Caches to write.</summary>
    public IReadOnlyList<CacheReference> CacheTo { get; init; } = [];

    /// <summary>Builder to use; empty for the one Docker selects.</summary>
    public string Builder { get; init; } = "";

    /// <summary>Whether the result is pushed.</summary>
    public bool Pushes => Outputs.Any(output => output.Kind == OutputKind.Push);

    /// <summary>Whether the result is loaded into the engine.</summary>
    public bool Loads => Outputs.Any(output => output.Kind == OutputKind.Load);

    /// <summary>Values of the build arguments that have one here, by name; the last of several counts.</summary>
    public IReadOnlyDictionary<string, string> ArgumentValues => BuildArguments.Where(argument => argument.Value is not null)
        .GroupBy(argument => argument.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value!, StringComparer.Ordinal);

    /// <summary>What it is made from, for the log.</summary>
    public string Description => $"{Name}: {Source}";

    /// <summary>The same without the name.</summary>
    public string Source => PublishOutput is null
        ? $"{Dockerfile}, context {Context} ({ContextReason})"
        : $"published files in {PublishOutput.Folder} on {PublishOutput.BaseImage}";

    /// <summary>Full path of one of our own files.</summary>
    /// <param name="suffix">For example <c>.record.json</c>.</param>
    public string FileOf(string suffix) => Path.Combine(IntermediateFolder, Name + suffix);
}
