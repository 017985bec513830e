using BuildKit.Core.Environments;

namespace BuildKit.Core.Registries;

/// <summary>
/// The clients of a whole build, one for each kind of access: connections, logins and tokens are had once for all images
/// and all questions. A login can cost a program, a connection several round trips.
/// </summary>
public sealed class RegistryClients : IDisposable
{
    private readonly RegistryConnections connections;
    private readonly Dictionary<RegistryAccess, RegistryClient> clients;

    /// <summary>Makes them; nothing is read or sent before the first request.</summary>
    /// <param name="environment">Environment of the build: Docker's configuration, credentials, proxies.</param>
    /// <param name="options">Null stands for the defaults; the access in it is not used.</param>
    public RegistryClients(BuildEnvironment environment, RegistryClientOptions? options = null)
    {
        options ??= new RegistryClientOptions();
        connections = new RegistryConnections(environment, options);
        Credentials = new(() => new RegistryCredentials(DockerConfigFile.Load(environment), environment));
        clients = Enum.GetValues<RegistryAccess>()
            .ToDictionary(access => access, access => new RegistryClient(connections, Credentials, options with { Access = access }));
    }

    /// <summary>The logins of this machine.</summary>
    internal Lazy<RegistryCredentials> Credentials { get; }

    /// <summary>The client for a kind of access; it lives as long as this object.</summary>
    public RegistryClient For(RegistryAccess access) => clients[access];

    /// <inheritdoc/>
    public void Dispose() => connections.Dispose();
}
