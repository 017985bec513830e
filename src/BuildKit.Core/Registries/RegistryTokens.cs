using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>
/// Access tokens, fetched and kept in memory until shortly before they end. Flows:
/// https://distribution.github.io/distribution/spec/auth/token/ (GET with Basic, or without a user) and
/// https://distribution.github.io/distribution/spec/auth/oauth/ (POST with a refresh token).
/// </summary>
internal sealed class RegistryTokens(RegistryTransport transport, RegistryExchange exchange)
{
    // A token that ends on its way to the registry only costs a second round trip.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (AuthenticationHeaderValue Header, DateTimeOffset End)> kept = new();

    /// <summary>A token that still holds.</summary>
    public AuthenticationHeaderValue? Find(string key) =>
        kept.TryGetValue(key, out var token) && token.End > DateTimeOffset.UtcNow ? token.Header : null;

    /// <summary>Fetches a token and keeps it.</summary>
    /// <returns>Null when the challenge must not be answered.</returns>
    /// <exception cref="RegistryException">The realm refuses, or does not answer.</exception>
    public async Task<AuthenticationHeaderValue?> GetAsync(
        RegistryHost host, string key, BearerChallenge challenge, RegistryCredential? credential, CancellationToken cancellation)
    {
        // A secret goes over plain http only where the registry itself is spoken to that way, or on this machine.
        if (credential is not null && challenge.Realm.Scheme != Uri.UriSchemeHttps
            && !transport.IsPlainHttp(host) && !RegistryHost.IsLoopbackHost(challenge.Realm.Host))
        {
            return null;
        }

        var (call, address) = credential?.Kind == RegistryCredentialKind.IdentityToken
            ? (RefreshCall(challenge, credential), challenge.Realm)
            : (new RegistryCall(HttpMethod.Get) { Authorization = credential is null ? null : RegistryAuthorization.Basic(credential) },
                AddressOf(challenge, credential));
        RegistryAnswer answer;
        try
        {
            answer = await exchange.SendAsync(host.Name, call, address, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            // Whoever ends it by a limit says who did not answer.
            throw new TokenNotAnsweredException(challenge.Realm.Authority, e);
        }

        if (!answer.IsSuccess)
        {
            // 400 is how OAuth answers a refresh token that holds no longer (RFC 6749, 5.2).
            throw RegistryFaults.Refused(host.Name, "its tokens",
                (int)answer.Status is 400 or 404 ? answer with { Status = System.Net.HttpStatusCode.Unauthorized } : answer);
        }

        using var document = JsonElementExtensions.TryParse(answer.Body);
        var root = document?.RootElement ?? default;
        var token = root.Text("token") is { Length: > 0 } first ? first : root.Text("access_token");
        if (token.Length == 0)
        {
            throw new RegistryException(RegistryFailure.Server, host.Name,
                $"The registry {host.Name} sends to {challenge.Realm.Host} for a token, but no token came from there.");
        }

        var header = RegistryAuthorization.Bearer(host.Name, token, challenge.Realm.Host, RegistryFailure.Server);
        // 60 seconds is the specification's default.
        kept[key] = (header, DateTimeOffset.UtcNow + TimeSpan.FromSeconds(Math.Clamp(root.Number("expires_in") ?? 60, 60, 86400)) - Margin);
        return header;
    }

    private static RegistryCall RefreshCall(BearerChallenge challenge, RegistryCredential credential) => new(HttpMethod.Post)
    {
        BodyMediaType = "application/x-www-form-urlencoded",
        Body = Encoding.UTF8.GetBytes(Query(
            ("grant_type", "refresh_token"),
            ("service", challenge.Service),
            ("scope", challenge.Scope),
            ("client_id", "BuildKit.Tasks"),
            ("refresh_token", credential.Secret))),
    };

    private static Uri AddressOf(BearerChallenge challenge, RegistryCredential? credential)
    {
        var query = Query(("service", challenge.Service), ("scope", challenge.Scope), ("account", credential?.UserName ?? ""));
        var address = challenge.Realm.GetLeftPart(UriPartial.Query);
        return new Uri(address + (challenge.Realm.Query.Length > 0 ? "&" : "?") + query);
    }

    // A scope may hold several scopes apart by blanks; each is a parameter of its own only in GET, and servers take both.
    private static string Query(params (string Name, string Value)[] values) =>
        string.Join('&', values.Where(v => v.Value.Length > 0).Select(v => v.Name + "=" + Uri.EscapeDataString(v.Value)));
}

/// <summary>The wait for a token was ended.</summary>
/// <param name="server">Host of the token server, with an optional port.</param>
/// <param name="cause">How it was ended.</param>
internal sealed class TokenNotAnsweredException(string server, OperationCanceledException cause)
    : OperationCanceledException(cause.Message, cause, cause.CancellationToken)
{
    /// <summary>Host of the token server, with an optional port.</summary>
    public string Server { get; } = server;
}
