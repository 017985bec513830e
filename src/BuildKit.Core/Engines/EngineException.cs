using System.Net.Sockets;
using System.Security.Authentication;

namespace BuildKit.Core.Engines;

/// <summary>Why an engine did not do what was asked.</summary>
internal enum EngineFailure
{
    /// <summary>There is no such socket, pipe or host.</summary>
    NotFound,

    /// <summary>The socket is there (or the machine), but nobody listens.</summary>
    Refused,

    /// <summary>The user may not use the socket.</summary>
    PermissionDenied,

    /// <summary>It does not answer in time.</summary>
    Timeout,

    /// <summary>It answers with an error (<see cref="EngineException.StatusCode"/>).</summary>
    Http,

    /// <summary>Anything else: TLS, a broken answer, an endpoint that cannot be called.</summary>
    Other,
}

/// <summary>An engine did not do what was asked. The text is one line.</summary>
internal sealed class EngineException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="endpoint">Which engine.</param>
    /// <param name="reason">A few words, to stand behind a colon.</param>
    /// <param name="inner">Cause, when there is one.</param>
    public EngineException(EngineFailure kind, EngineEndpoint endpoint, string reason, Exception? inner = null)
        : base($"The engine at {endpoint} {(kind == EngineFailure.Http ? "answers" : "cannot be used")}: {reason}", inner) =>
        (Kind, Endpoint, Reason) = (kind, endpoint, reason);

    /// <summary>Why.</summary>
    public EngineFailure Kind { get; }

    /// <summary>Which engine.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>A few words without the endpoint, for example <c>permission denied</c>.</summary>
    public string Reason { get; }

    /// <summary>The answer's status code; null when there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The one mapping from what went wrong on the way to an engine.</summary>
    internal static EngineException From(Exception cause, EngineEndpoint endpoint)
    {
        for (var e = cause; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket:
                    var (kind, reason) = Read(socket.SocketErrorCode, endpoint.Kind);
                    return new EngineException(kind, endpoint, reason, cause);
                case UnauthorizedAccessException:
                    return new EngineException(EngineFailure.PermissionDenied, endpoint, "permission denied", cause);
                case FileNotFoundException:
                    return new EngineException(EngineFailure.NotFound, endpoint, "there is no such pipe", cause);
                case OperationCanceledException or TimeoutException:
                    return new EngineException(EngineFailure.Timeout, endpoint, "no answer in time", cause);
                case AuthenticationException:
                    return new EngineException(EngineFailure.Other, endpoint, "no secure connection (certificates)", cause);
            }
        }

        return new EngineException(EngineFailure.Other, endpoint, "the connection was closed", cause);
    }

    private static (EngineFailure Kind, string Reason) Read(SocketError error, EngineEndpointKind kind) => error switch
    {
        SocketError.AccessDenied => (EngineFailure.PermissionDenied, "permission denied"),
        SocketError.ConnectionRefused => (EngineFailure.Refused, "connection refused"),
        SocketError.TimedOut => (EngineFailure.Timeout, "no answer in time"),
        // How the runtime reports ENOENT and ENOTDIR of a Unix socket.
        SocketError.AddressNotAvailable or SocketError.InvalidArgument when kind == EngineEndpointKind.Unix =>
            (EngineFailure.NotFound, "there is no such socket"),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => (EngineFailure.NotFound, "the host is not known"),
        _ => (EngineFailure.Other, error.ToString()),
    };
}
