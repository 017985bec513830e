using System.Net.Sockets;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Drivers;

/// <summary>
/// Finds out within two seconds whether the nodes of a remote builder can be reached, because BuildKit itself says
/// after twenty only that a deadline was exceeded. Of ssh it is asked where it would connect to.
/// </summary>
/// <param name="environment">The environment of the build: where the engine and the kubeconfig are.</param>
internal sealed class RemoteCheck(BuildEnvironment environment)
{
    /// <summary>The longest that a connection to an endpoint may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // Who has taken the connection is reachable; a handshake may be slow on a busy machine.
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Checks one node.</summary>
    /// <param name="builder">Name of the builder, for messages.</param>
    /// <param name="address">Its endpoint.</param>
    /// <param name="options">Its options: certificates, and the name of the server.</param>
    /// <param name="location">The project, for diagnostics.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">BK1021 to BK1029.</exception>
    public async Task CheckAsync(
        string builder, string address, IReadOnlyDictionary<string, string> options, SourceLocation? location, CancellationToken cancellation)
    {
        var endpoint = RemoteEndpoint.Parse(address);
        RemoteCertificates.CheckFiles(builder, address, options, location);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            switch (endpoint.Kind)
            {
                case RemoteEndpointKind.Tcp:
                    using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
                    {
                        await socket.ConnectAsync(endpoint.Name, endpoint.Port, limit.Token).ConfigureAwait(false);
                        limit.CancelAfter(HandshakeLimit);
                        await RemoteCertificates.CheckConnectionAsync(socket, endpoint, builder, options, location, limit.Token)
                            .ConfigureAwait(false);
                    }

                    break;
                case RemoteEndpointKind.Unix:
                    using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                    {
                        await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.Name), limit.Token).ConfigureAwait(false);
                    }

                    break;
                case RemoteEndpointKind.Ssh:
                    await CheckSshAsync(address, limit).ConfigureAwait(false);
                    break;
                case RemoteEndpointKind.Container:
                    await CheckContainerAsync(endpoint, limit.Token).ConfigureAwait(false);
                    break;
                case RemoteEndpointKind.Pod:
                    Kubeconfig.Check(builder, environment, location);
                    break;
            }
        }
        catch (SocketException failure)
        {
            throw Unreachable(builder, endpoint, location, Reason(failure.SocketErrorCode));
        }
        catch (EngineException failure)
        {
            throw Unreachable(builder, endpoint, location, failure.Kind == EngineFailure.Http ? failure.Reason : failure.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unreachable(builder, endpoint, location, endpoint.Kind == RemoteEndpointKind.Tcp && options.Count > 0
                ? "no answer in time" : $"no answer within {Limit.TotalSeconds:0} seconds");
        }
    }

    // Whether ssh's server lets one in is left to ssh, which may ask for a passphrase.
    private async Task CheckSshAsync(string address, CancellationTokenSource limit)
    {
        if (await SshRoute.FindAsync(address, environment, limit.Token).ConfigureAwait(false) is { } route)
        {
            limit.CancelAfter(Limit);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(route.Host, route.Port, limit.Token).ConfigureAwait(false);
        }
    }

    private async Task CheckContainerAsync(RemoteEndpoint endpoint, CancellationToken cancellation)
    {
        var engine = EngineEndpoint.Find(environment);
        if (!engine.CanCall)
        {
            return;
        }

        using var api = new EngineApi(engine);
        var state = await api.FindContainerStateAsync(endpoint.Name, cancellation).ConfigureAwait(false);
        if (state != "running")
        {
            throw new EngineException(EngineFailure.Http, engine, state is null
                ? $"there is no container \"{endpoint.Name}\" in the engine at {engine}"
                : $"the container \"{endpoint.Name}\" is {state}");
        }
    }

    private static DiagnosticException Unreachable(string builder, RemoteEndpoint endpoint, SourceLocation? location, string reason) =>
        new(BuilderDiagnostics.RemoteUnreachable.At(location, builder, endpoint.Address, reason));

    private static string Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.TimedOut => "no answer in time",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host is not known",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to the host",
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressNotAvailable or SocketError.InvalidArgument => "there is no such socket",
        _ => error.ToString(),
    };
}
