using System.Net;
using System.Net.Sockets;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Registries;

/// <summary>
/// The connections of one client object. One pool serves all hosts; a host with certificates of its own gets a pool of
/// its own, so that they hold for that host and port only.
/// </summary>
internal sealed class RegistryConnections(BuildEnvironment environment, RegistryClientOptions options) : IDisposable
{
    private readonly Dictionary<string, HttpClient> clients = [];
    private readonly EnvironmentProxy proxy = new(environment);
    private readonly IReadOnlyList<string> certificateFolders =
        options.CertificateFolders ?? RegistryCertificates.DefaultFolders(environment);
    private readonly HashSet<string> insecure = new(
        environment.GetValueOrDefault("DOTNET_CONTAINER_INSECURE_REGISTRIES", "")
            .Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Concat(options.InsecureRegistries)
            .Concat(environment.Registries.Where(registry => registry.Insecure).Select(registry => registry.Host)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether plain http is allowed: on this machine, and where the user says so.</summary>
    public bool AllowsPlainHttp(RegistryHost host) => host.IsLoopback || insecure.Contains(host.Name);

    /// <summary>The connections to use for an address.</summary>
    public HttpClient For(Uri address)
    {
        var authority = address.Authority;
        var insecureTls = RegistryHost.IsLoopbackHost(address.Host) || insecure.Contains(authority);
        lock (clients)
        {
            if (clients.TryGetValue(authority, out var known))
            {
                return known;
            }

            var certificates = address.Scheme == Uri.UriSchemeHttps
                ? RegistryCertificates.Find(certificateFolders, address, environment.Registries)
                : null;
            var key = certificates is not null ? authority : insecureTls ? "(insecure)" : "(default)";
            if (!clients.TryGetValue(key, out var client))
            {
                client = new HttpClient(Handler(certificates, insecureTls)) { Timeout = Timeout.InfiniteTimeSpan };
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "BuildKit.Tasks");
                clients[key] = client;
            }

            return client;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private SocketsHttpHandler Handler(RegistryCertificates? certificates, bool insecureTls)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // Done by hand: the Authorization header must stay behind.
            UseCookies = false,
            UseProxy = !proxy.IsEmpty,
            Proxy = proxy,
            // Less than the limit of a question: who cannot be reached is another than who does not answer.
            ConnectTimeout = options.ConnectLimit < options.RequestLimit / 2 ? options.ConnectLimit : options.RequestLimit / 2,
            ConnectCallback = ConnectAsync,
            ActivityHeadersPropagator = null, // Tracing of the host process does not concern the registry.
        };
        if (certificates is not null)
        {
            certificates.ApplyTo(handler.SslOptions);
        }
        else if (insecureTls)
        {
#pragma warning disable CA5359 // Docker's engine takes any certificate from loopback and from insecure registries; so must we.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var end = context.DnsEndPoint;
            // Not every resolver knows that *.localhost is this machine (RFC 6761).
            await socket.ConnectAsync(
                end.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? new DnsEndPoint("localhost", end.Port) : end,
                cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
