using System.Net;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>
/// A registry as its API is reached. Docker Hub is the exception to all rules: its API lives at
/// <c>registry-1.docker.io</c>, its credentials under <see cref="DockerHubKey"/>.
/// </summary>
/// <param name="Name">Host with an optional port, as people write it (<c>docker.io</c> for Docker Hub).</param>
public sealed record RegistryHost(string Name)
{
    /// <summary>The key of Docker Hub in Docker's configuration and credential helpers.</summary>
    public const string DockerHubKey = "https://index.docker.io/v1/";

    private const string DockerHub = "docker.io";

    /// <summary>Host and port of the API.</summary>
    public string Authority => IsDockerHub ? "registry-1.docker.io" : Name;

    /// <summary>The key under which Docker keeps its credentials.</summary>
    public string CredentialKey => IsDockerHub ? DockerHubKey : Name;

    /// <summary>
    /// Whether it runs on this machine: <c>localhost</c>, <c>*.localhost</c> (RFC 6761), 127.0.0.0/8, <c>::1</c>.
    /// Docker's engine allows plain http and unknown certificates there.
    /// </summary>
    public bool IsLoopback => IsLoopbackHost(new Uri("http://" + Authority).Host);

    /// <summary>The port as written; null when there is none.</summary>
    public int? Port => Name.LastIndexOf(':') is var colon && colon > Name.LastIndexOf(']') && colon > 0
        && int.TryParse(Name.AsSpan(colon + 1), out var port) ? port : null;

    private bool IsDockerHub => Name == DockerHub;

    /// <summary>The registry that holds an image.</summary>
    public static RegistryHost Of(ImageReference image) => Of(image.Registry);

    /// <summary>The registry of that name; empty stands for Docker Hub.</summary>
    public static RegistryHost Of(string registry) => new(
        registry.ToLowerInvariant() is "" or DockerHub or "index.docker.io" or "registry-1.docker.io" ? DockerHub : registry);

    /// <summary>The repository in the API's paths: Docker Hub keeps official images under <c>library/</c>.</summary>
    public string RepositoryOf(ImageReference image) =>
        IsDockerHub && !image.Repository.Contains('/') ? "library/" + image.Repository : image.Repository;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether a host, without port, is this machine.</summary>
    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
