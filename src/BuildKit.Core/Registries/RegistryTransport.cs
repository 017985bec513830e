using System.Collections.Concurrent;
using System.Net;

namespace BuildKit.Core.Registries;

/// <summary>
/// Chooses between https and http. Always https, but on this machine and for registries that the user calls insecure
/// http is allowed too: there each is tried, and what answers is kept for the life of the client.
/// </summary>
internal sealed class RegistryTransport(RegistryConnections connections, RegistryExchange exchange)
{
    private readonly ConcurrentDictionary<string, string> schemes = new();

    /// <summary>Whether the registry is spoken to without TLS.</summary>
    public bool IsPlainHttp(RegistryHost host) => schemes.TryGetValue(host.Name, out var scheme) && scheme == Uri.UriSchemeHttp;

    /// <summary>Sends to the path (with its leading slash) of a registry; the answer may be a refusal.</summary>
    /// <exception cref="RegistryException">No answer came.</exception>
    public async Task<RegistryAnswer> SendAsync(RegistryHost host, RegistryCall call, string path, CancellationToken cancellation)
    {
        RegistryException? fault = null;
        RegistryAnswer? doubtful = null;
        foreach (var scheme in schemes.TryGetValue(host.Name, out var known) ? [known] : Candidates(host))
        {
            try
            {
                var address = Uri.TryCreate($"{scheme}://{host.Authority}{path}", UriKind.Absolute, out var found) ? found
                    : throw new RegistryException(
                        RegistryFailure.Server, host.Name, $"The registry {host.Name} cannot be asked: its name and {path} make no address.");
                var answer = await exchange.SendAsync(host.Name, call, address, cancellation).ConfigureAwait(false);
                // How a TLS port answers plain http (Go, nginx): 400.
                if (known is null && scheme == Uri.UriSchemeHttp && answer.Status == HttpStatusCode.BadRequest && doubtful is null && fault is null)
                {
                    doubtful = answer;
                    continue;
                }

                schemes[host.Name] = scheme;
                return answer;
            }
            catch (RegistryException e) when (e.Kind is RegistryFailure.Unreachable or RegistryFailure.Tls)
            {
                // The first failure is that of the likelier scheme; but who shows a certificate does speak TLS.
                fault = fault is null || RegistryFaults.IsUntrustedCertificate(e) ? e : fault;
            }
        }

        return doubtful ?? throw fault!;
    }

    private string[] Candidates(RegistryHost host) =>
        !connections.AllowsPlainHttp(host) ? [Uri.UriSchemeHttps]
        // A registry for development on a port of this machine mostly has no TLS; asking http first spares a handshake.
        : host.IsLoopback && host.Port is not (null or 443) ? [Uri.UriSchemeHttp, Uri.UriSchemeHttps]
        : [Uri.UriSchemeHttps, Uri.UriSchemeHttp];
}
