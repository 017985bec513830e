namespace BuildKit.Core.EngineMessages;

/// <summary>What the caller knows about a failed run and BuildKit does not say.</summary>
/// <param name="DockerfilePath">Full path; null when there is no Dockerfile of the user's to point at.</param>
/// <param name="ContextDescription">The build context as the user knows it; null when there is none to name.</param>
/// <param name="Tags">References of the image, the most important first.</param>
/// <param name="Endpoint">Where the engine is, for example <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="CliVersion">Version of Docker's command line.</param>
internal sealed record FailureContext(
    string? DockerfilePath,
    string? ContextDescription,
    IReadOnlyList<string> Tags,
    string Endpoint,
    string CliVersion)
{
    /// <summary>Full path of the build context; empty when it is no folder.</summary>
    public string ContextFolder { get; init; } = "";

    /// <summary>Name of the builder; null when it was left to buildx.</summary>
    public string? Builder { get; init; }

    /// <summary>Driver of the builder, for example <c>docker-container</c>; null when not known.</summary>
    public string? Driver { get; init; }

    /// <summary>In words, the login that <see cref="EngineErrorClassifier.RefusingRegistry"/> was shown; empty when it is not known.</summary>
    public string Login { get; init; } = "";

    /// <summary>Why the credential helper gave no login, beginning with its name; empty when it did not fail.</summary>
    public string HelperFault { get; init; } = "";

    /// <summary>When a registry that limits requests wants to be asked again, as a sentence.</summary>
    public string RetryAdvice { get; init; } = "Try again in some minutes.";

    /// <summary>Says, in a sentence that begins with a space, which other folder has files that the context does not have.</summary>
    public Func<IReadOnlyList<string>, string>? OtherContextOf { get; init; }

    /// <summary>Asks, in a sentence that begins with a space, whether another path of the context was meant; empty when none is near.</summary>
    public Func<string, string>? NearestTo { get; init; }

    /// <summary>Image that the Dockerfile names, by that of the mirror from which it is fetched.</summary>
    public IReadOnlyDictionary<string, string> Mirrored { get; init; } = new Dictionary<string, string>();

    /// <summary>Names behind <c>--from</c> in the Dockerfile that are no stage: text of the instruction and its line.</summary>
    public IReadOnlyDictionary<string, (string Text, int Line)> FromNames { get; init; } = new Dictionary<string, (string, int)>();
}
