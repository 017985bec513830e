namespace BuildKit.Core.PublishOutputs;

/// <summary>A layer of an image that is made from published files, in the order of how rarely it changes.</summary>
public enum PublishLayer
{
    /// <summary>The .NET runtime of a self-contained application.</summary>
    Runtime,

    /// <summary>Files of NuGet packages.</summary>
    Packages,

    /// <summary>Static web assets.</summary>
    StaticAssets,

    /// <summary>Satellite assemblies.</summary>
    Satellites,

    /// <summary>All else: the application.</summary>
    Application,
}

/// <summary>Published files and what the image made of them shall be.</summary>
public sealed record PublishOutput
{
    /// <summary>Full path of the folder that Publish filled; what lies there is the truth.</summary>
    public required string Folder { get; init; }

    /// <summary>Runtime identifier it was published for by us, one of several; empty for a publish as it is.</summary>
    public string RuntimeIdentifier { get; init; } = "";

    /// <summary>The same program published for the image's other platforms, in their order.</summary>
    public IReadOnlyList<PublishOutput> Others { get; init; } = [];

    /// <summary>This one and the others: one for each platform of the image.</summary>
    public IReadOnlyList<PublishOutput> All => [this, .. Others];

    /// <summary>Base image, as in <c>ContainerBaseImage</c>.</summary>
    public required string BaseImage { get; init; }

    /// <summary>Layers of files that are not the application's, by path relative to <see cref="Folder"/> with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, PublishLayer> Layers { get; init; } = new Dictionary<string, PublishLayer>();

    /// <summary>Configuration on top of the base image's.</summary>
    public required PublishedConfig Config { get; init; }

    /// <summary>Commands to run on the base image before the files come, in order.</summary>
    public IReadOnlyList<ImageCommand> Commands { get; init; } = [];

    /// <summary>Files that are copied besides the published ones.</summary>
    public IReadOnlyList<CopiedFile> Copies { get; init; } = [];

    /// <summary>Full path of a file with instructions that end the Dockerfile; empty for none.</summary>
    public string Fragment { get; init; } = "";

    /// <summary>The layer of a file.</summary>
    public PublishLayer LayerOf(string relativePath) =>
        Layers.GetValueOrDefault(relativePath, PublishLayer.Application);
}

/// <summary>Configuration that the project gives to its image, in the SDK's terms.</summary>
public sealed record PublishedConfig
{
    /// <summary>Working directory, as written; files go there.</summary>
    public string WorkingDirectory { get; init; } = "/app/";

    /// <summary>User; empty takes <c>APP_UID</c> of the environment, else the base image's.</summary>
    public string User { get; init; } = "";

    /// <summary>Ports such as <c>8080/tcp</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Whether the image gets a label with the digest of its base image.</summary>
    public bool LabelsBaseDigest { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Command for the shell that tells whether the container is healthy; empty leaves the base image's.</summary>
    public string HealthCheck { get; init; } = "";

    /// <summary>Signal that stops the container; empty leaves the base image's.</summary>
    public string StopSignal { get; init; } = "";

    /// <summary>Volumes, besides the base image's.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Program and required arguments, and how they are used.</summary>
    public required ContainerCommand Command { get; init; }
}
