using BuildKit.Core.Projects;

namespace BuildKit.Core.Registries;

/// <summary>How a <see cref="RegistryClient"/> behaves.</summary>
public sealed record RegistryClientOptions
{
    /// <summary>Which credentials hold.</summary>
    public RegistryAccess Access { get; init; } = RegistryAccess.PullFromOutput;

    /// <summary>
    /// Registries, besides those of <c>DOTNET_CONTAINER_INSECURE_REGISTRIES</c>, for which plain http and any certificate
    /// will do (for example those of the engine's <c>insecure-registries</c>); host with an optional port.
    /// </summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Limit for a connection, TLS included.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Limit for one question to the registry: connections, tokens, redirects, retries and all.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads <c>BuildKitRegistryTimeout</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="Diagnostics.DiagnosticException">BK1033.</exception>
    public static RegistryClientOptions Of(ProjectSettings project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var options = new RegistryClientOptions();
        return project.Time("BuildKitRegistryTimeout") is { } limit && limit > TimeSpan.Zero ? options with { RequestLimit = limit } : options;
    }

    /// <summary>Limit for a credential helper: less than that of the question that it is asked for, so that it is the one to be named.</summary>
    public TimeSpan HelperLimit => RequestLimit / 3;

    /// <summary>First wait before a question is repeated after 429 or 5xx; doubles each time, three times at most.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait, whatever <c>Retry-After</c> says.</summary>
    public TimeSpan RetryDelayLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Folders with a folder per registry of trusted certificates; null stands for Docker's own.</summary>
    public IReadOnlyList<string>? CertificateFolders { get; init; }
}
