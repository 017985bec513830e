using System.Net;

namespace BuildKit.Core.Registries;

/// <summary>
/// One request to one address until there is an answer to work with: follows redirects without the Authorization header,
/// repeats after 429 and 5xx.
/// </summary>
internal sealed class RegistryExchange(RegistryConnections connections, RegistryClientOptions options)
{
    private const int Retries = 3;
    private const int Redirects = 5;

    /// <summary>Sends; the answer may be a refusal.</summary>
    /// <exception cref="RegistryException">No answer came.</exception>
    public async Task<RegistryAnswer> SendAsync(string registry, RegistryCall call, Uri address, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? wait;
            try
            {
                using var response = await FollowAsync(registry, call, address, cancellation).ConfigureAwait(false);
                wait = attempt < Retries ? WaitAfter(response, attempt) : null;
                if (wait is null)
                {
                    return await RegistryAnswer.ReadAsync(response, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                throw RegistryFaults.NoAnswer(registry, e);
            }

            await Task.Delay(wait.Value, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(string registry, RegistryCall call, Uri address, CancellationToken cancellation)
    {
        var current = address;
        for (var count = 0; ; count++)
        {
            using var message = call.ToMessage(current, SameOrigin(current, address));
            var response = await connections.For(current).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location
                || (call.Method != HttpMethod.Get && call.Method != HttpMethod.Head))
            {
                return response;
            }

            response.Dispose();
            if (count == Redirects || !Uri.TryCreate(current, location, out var next) || !IsSafe(current, next))
            {
                throw new RegistryException(RegistryFailure.Server, registry,
                    $"The registry {registry} redirects to an address that is not followed.");
            }

            current = next;
        }
    }

    // From TLS to plain http only within this machine.
    private static bool IsSafe(Uri from, Uri to) =>
        to.Scheme == Uri.UriSchemeHttps
        || (to.Scheme == Uri.UriSchemeHttp && (from.Scheme == Uri.UriSchemeHttp || RegistryHost.IsLoopbackHost(to.Host)));

    private static bool SameOrigin(Uri a, Uri b) => a.Scheme == b.Scheme && a.Authority == b.Authority;

    private TimeSpan? WaitAfter(HttpResponseMessage response, int attempt)
    {
        var status = (int)response.StatusCode;
        if (status is not (429 or 500 or 502 or 503 or 504))
        {
            return null;
        }

        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? asked?.Date - DateTimeOffset.UtcNow ?? options.RetryDelay * (1 << attempt);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > options.RetryDelayLimit ? options.RetryDelayLimit : wait;
    }
}
