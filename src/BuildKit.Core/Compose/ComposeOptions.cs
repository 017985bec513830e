using BuildKit.Core.Environments;

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

    /// <summary>Whether the project names tags itself; then those of the file do not count.</summary>
    public bool TagsAreGiven { get; init; }

    /// <summary>Full path of the folder for Dockerfiles that have to be written (<c>dockerfile_inline</c>).</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>The environment of the build.</summary>
    public required BuildEnvironment Environment { get; init; }
}
