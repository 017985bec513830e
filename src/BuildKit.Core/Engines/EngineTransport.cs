using System.IO.Pipes;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Registries;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Engines;

/// <summary>HTTP over the way that an endpoint names.</summary>
internal static class EngineTransport
{
    /// <summary>A connection to a socket of this machine takes no time; over TCP it may.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    // Less than the limit above, so that it is the pipe that gives up first.
    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(1.5);

    /// <summary>Makes the client; connects to nothing yet.</summary>
    /// <exception cref="EngineException">The certificates cannot be read.</exception>
    public static HttpClient CreateClient(EngineEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // As Docker's CLI: an engine is never behind a proxy that the environment names.
            ConnectTimeout = ConnectLimit,
            ActivityHeadersPropagator = null, // Tracing of the host process does not concern the engine.
        };
        var address = new Uri("http://docker/"); // Any name will do where the socket is the address.
        switch (endpoint.Kind)
        {
            case EngineEndpointKind.Unix:
                handler.ConnectCallback = async (_, cancellation) => await ConnectUnixAsync(PathOf(endpoint), cancellation).ConfigureAwait(false);
                break;
            case EngineEndpointKind.NamedPipe:
                handler.ConnectCallback = async (_, cancellation) => await ConnectPipeAsync(PipeOf(endpoint), cancellation).ConfigureAwait(false);
                break;
            default:
                address = AddressOf(endpoint);
                if (endpoint.UsesTls)
                {
                    UseCertificates(handler.SslOptions, endpoint);
                }

                break;
        }

        return new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string PathOf(EngineEndpoint endpoint) => endpoint.Address["unix://".Length..];

    private static string PipeOf(EngineEndpoint endpoint) => endpoint.Address[(endpoint.Address.LastIndexOf('/') + 1)..];

    private static Uri AddressOf(EngineEndpoint endpoint)
    {
        var given = new Uri(endpoint.Address);
        // http and https bring a port of their own; Docker's numbers are for tcp without one.
        var port = given.Port > 0 ? given.Port : endpoint.UsesTls ? 2376 : 2375;
        return new UriBuilder(endpoint.UsesTls ? "https" : "http", given.Host, port, given.AbsolutePath.TrimEnd('/') + "/").Uri;
    }

    private static async Task<Stream> ConnectUnixAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> ConnectPipeAsync(string name, CancellationToken cancellation)
    {
        if (!WindowsPipe.MayExist(name))
        {
            throw new FileNotFoundException("pipe", name);
        }

        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(PipeLimit, cancellation).ConfigureAwait(false);
            return pipe;
        }
        catch (TimeoutException e)
        {
            // Waiting is all that the runtime does for a pipe that does not exist.
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new FileNotFoundException("pipe", name, e);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void UseCertificates(SslClientAuthenticationOptions ssl, EngineEndpoint endpoint)
    {
        try
        {
            var certificate = Path.Combine(endpoint.CertificateFolder, "cert.pem");
            if (File.Exists(certificate))
            {
                ssl.ClientCertificates = [ClientCertificate.Load(certificate, Path.Combine(endpoint.CertificateFolder, "key.pem"))];
            }

            var authority = Path.Combine(endpoint.CertificateFolder, "ca.pem");
            if (!endpoint.VerifiesCertificate)
            {
#pragma warning disable CA5359 // The context says SkipTLSVerify, or DOCKER_TLS is set without DOCKER_TLS_VERIFY.
                ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            }
            else if (File.Exists(authority))
            {
                var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                policy.CustomTrustStore.ImportFromPemFile(authority);
                ssl.CertificateChainPolicy = policy;
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EngineException(EngineFailure.Other, endpoint, $"the certificates in {endpoint.CertificateFolder} cannot be read", e);
        }
    }
}
