using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace BuildKit.Core.Registries;

/// <summary>The one mapping from what went wrong to <see cref="RegistryException"/>.</summary>
internal static class RegistryFaults
{
    /// <summary>No answer came.</summary>
    public static RegistryException NoAnswer(string registry, Exception cause)
    {
        var socket = Find<SocketException>(cause);
        var error = (cause as HttpRequestException)?.HttpRequestError;
        return cause switch
        {
            TokenNotAnsweredException token => new(
                RegistryFailure.Unreachable, registry,
                    $"The registry {registry} sends to {token.Server} for a token, and no answer came from there in time.", cause),
            OperationCanceledException => new(RegistryFailure.Unreachable, registry, $"The registry {registry} did not answer in time.", cause),
            InvalidDataException =>
                new(RegistryFailure.Server, registry, $"The registry {registry} gave an answer that cannot be used: {cause.Message}.", cause),
            _ when error == HttpRequestError.SecureConnectionError || Find<AuthenticationException>(cause) is not null => new(
                RegistryFailure.Tls, registry, $"No secure connection to the registry {registry}: {TlsReason(cause)}", cause),
            _ when error == HttpRequestError.NameResolutionError => new(
                RegistryFailure.Unreachable, registry, $"The registry {registry} was not found: its name does not resolve.", cause),
            _ => new(RegistryFailure.Unreachable, registry, $"The registry {registry} does not answer: {Reason(socket, cause)}", cause),
        };
    }

    /// <summary>An answer that is a refusal or a fault.</summary>
    /// <param name="registry">Host with an optional port.</param>
    /// <param name="subject">What was asked for, for example a repository.</param>
    /// <param name="answer">The answer.</param>
    public static RegistryException Refused(string registry, string subject, RegistryAnswer answer)
    {
        var status = (int)answer.Status;
        var code = answer.ErrorCode();
        var detail = status.ToString(CultureInfo.InvariantCulture) + (code.Length == 0 ? "" : " " + code);
        var (kind, text) = status switch
        {
            401 or 403 => (RegistryFailure.Denied, $"The registry {registry} refuses access to {subject} ({detail})."),
            404 => (RegistryFailure.NotFound, $"The registry {registry} has no {subject} ({detail})."),
            429 => (RegistryFailure.RateLimited, $"The registry {registry} limits requests, also after waiting ({detail})."),
            _ => (RegistryFailure.Server, $"The registry {registry} answers {detail} for {subject}."),
        };
        return new RegistryException(kind, registry, text) { StatusCode = status, RetryAt = answer.RetryAt };
    }

    /// <summary>When to ask a registry again that limits requests, as a sentence.</summary>
    public static string RetryAdvice(DateTimeOffset? time) => time is not { } at ? "Try again in some minutes."
        : string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Max(1, Math.Ceiling((at - DateTimeOffset.UtcNow).TotalSeconds)):0} s, "
            + $"at {at.ToLocalTime():HH:mm:ss} (Retry-After).");

    /// <summary>Whether the registry did show a certificate, only not one that is trusted.</summary>
    public static bool IsUntrustedCertificate(RegistryException exception) =>
        exception.Kind == RegistryFailure.Tls && ReasonOf(exception).Contains("certificate", StringComparison.OrdinalIgnoreCase);

    // The runtime tells these apart by its text alone, which is never translated (.NET resources are English only).
    private static string TlsReason(Exception cause) =>
        ReasonOf(cause).Contains("frame size", StringComparison.Ordinal) ? "it does not speak TLS."
        : ReasonOf(cause).Contains("certificate", StringComparison.OrdinalIgnoreCase) ? "its certificate is not trusted."
        : "the handshake failed.";

    private static string ReasonOf(Exception cause) => Find<AuthenticationException>(cause)?.Message ?? "";

    private static string Reason(SocketException? socket, Exception cause) => socket?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused.",
        SocketError.ConnectionReset or SocketError.Shutdown => "the connection was closed.",
        SocketError.TimedOut => "time is over.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name does not resolve.",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it.",
        { } other => other.ToString() + ".",
        null => cause is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }
            ? "the proxy refuses the connection."
            : "the connection was closed.",
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T)
        {
            exception = exception.InnerException;
        }

        return exception as T;
    }
}
