namespace BuildKit.Core.Compose;

/// <summary>What a project says about its compose files.</summary>
public sealed record ComposeOptions
{
    /// <summary>Services to take; none takes all that are built.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Profiles whose services count too (<c>--profile</c>); <c>*</c> is all. COMPOSE_PROFILES adds to them.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Full path of the Dockerfile whose services are taken; empty takes all.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>Tags that the project names itself; then those of the file do not count.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Registry of the project, for images that name none; empty for the local engine.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Full path of the folder for Dockerfiles that have to be written (<c>dockerfile_inline</c>).</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>The environment of the build.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
