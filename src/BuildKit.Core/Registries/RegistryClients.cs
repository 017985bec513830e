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
        Credentials = RegistryCredentials.Of(environment, options);
        Pulse = new RegistryPulse(options.RequestLimit);
        clients = Enum.GetValues<RegistryAccess>()
            .ToDictionary(access => access, access => new RegistryClient(connections, Credentials, Pulse, options with { Access = access }));
    }

    /// <summary>The logins of this machine.</summary>
    internal Lazy<RegistryCredentials> Credentials { get; }

    /// <summary>Called for a question that is not answered yet: the registry, and how much longer it is waited for.</summary>
    public event Action<string, TimeSpan>? Waiting
    {
        add => Pulse.Waiting += value;
        remove => Pulse.Waiting -= value;
    }

    /// <summary>Which of them answer.</summary>
    internal RegistryPulse Pulse { get; }

    /// <summary>Whether a registry takes connections and does not answer; false for one that cannot be reached from here.</summary>
    /// <param name="registry">Host with an optional port.</param>
    /// <param name="cancellation">Ends the question.</param>
    internal Task<bool> IsSilentAsync(string registry, CancellationToken cancellation) =>
        For(RegistryAccess.Push).IsSilentAsync(RegistryHost.Of(registry), cancellation);

    /// <summary>When to ask a registry again that limits requests, as a sentence; BuildKit does not tell it, so the registry is asked.</summary>
    internal async Task<string> RetryAdviceAsync(string registry, CancellationToken cancellation)
    {
        var name = RegistryHost.Of(registry).Name;
        if (Pulse.RetryAt(name) is null)
        {
            await IsSilentAsync(name, cancellation).ConfigureAwait(false);
        }

        return RegistryFaults.RetryAdvice(Pulse.RetryAt(name));
    }

    /// <summary>The client for a kind of access; it lives as long as this object.</summary>
    public RegistryClient For(RegistryAccess access) => clients[access];

    /// <inheritdoc/>
    public void Dispose() => connections.Dispose();
}
