using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BuildKit.Core.Registries;

/// <summary>
/// Asks without authorization first, answers the registry's challenge (Basic or Bearer), and keeps what was given for
/// the next requests of this client. Credentials are looked up only when a registry wants them: that may start a program.
/// </summary>
internal sealed class RegistryAuthorization(RegistryTransport transport, RegistryTokens tokens, Lazy<RegistryCredentials> credentials,
    RegistryAccess access)
{
    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> known = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<RegistryCredential?>>> found = new();

    /// <summary>Sends with the authorization it takes; the answer may be a refusal (401 and 403 included).</summary>
    /// <param name="host">The registry.</param>
    /// <param name="call">The request.</param>
    /// <param name="path">Path with its leading slash.</param>
    /// <param name="scope">Scope of the token, <c>repository:NAME:ACTIONS</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RegistryAnswer> SendAsync(RegistryHost host, RegistryCall call, string path, string scope, CancellationToken cancellation)
    {
        var key = host.Name + " " + scope;
        var header = known.GetValueOrDefault(host.Name) ?? tokens.Find(key);
        var answer = await transport.SendAsync(host, call.With(header), path, cancellation).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        // Also when a kept token was refused: it may have been withdrawn.
        // Looked up once for all requests, so not under the token of the one that came first; helpers have a limit of their own.
        var credential = await found
            .GetOrAdd(host.Name, _ => new(() => credentials.Value.FindAsync(host, access, CancellationToken.None)))
            .Value.WaitAsync(cancellation).ConfigureAwait(false);
        if (await AnswerAsync(host, key, scope, answer, credential, cancellation).ConfigureAwait(false) is not { } next || next.Equals(header))
        {
            return answer;
        }

        return await transport.SendAsync(host, call.With(next), path, cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks whether the registry is there; a refusal will do.</summary>
    public Task<RegistryAnswer> PingAsync(RegistryHost host, CancellationToken cancellation) =>
        transport.SendAsync(host, new RegistryCall(HttpMethod.Get), "/v2/", cancellation);

    private async Task<AuthenticationHeaderValue?> AnswerAsync(
        RegistryHost host, string key, string scope, RegistryAnswer refusal, RegistryCredential? credential, CancellationToken cancellation)
    {
        if (credential?.Kind == RegistryCredentialKind.RegistryToken)
        {
            return known[host.Name] = Bearer(host.Name, credential.Secret, credential.Origin, RegistryFailure.Denied);
        }

        if (BearerChallenge.Find(refusal.Challenges) is { } challenge)
        {
            return await tokens.GetAsync(host, key, challenge with { Scope = challenge.Scope.Length > 0 ? challenge.Scope : scope }, credential,
                cancellation).ConfigureAwait(false);
        }

        return credential?.Kind == RegistryCredentialKind.Password
            && refusal.Challenges.Any(c => c.StartsWith("Basic", StringComparison.OrdinalIgnoreCase))
            ? known[host.Name] = Basic(credential)
            : null;
    }

    /// <summary>The header of a token.</summary>
    /// <exception cref="RegistryException">No header can hold it. Docker fails for it too, but at another place.</exception>
    internal static AuthenticationHeaderValue Bearer(string registry, string token, string origin, RegistryFailure kind) =>
        token.All(character => character is > ' ' and <= '~') ? new AuthenticationHeaderValue("Bearer", token)
        : throw new RegistryException(kind, registry, $"The token for the registry {registry} has a line break, a blank or another "
            + $"character that no header can hold; it comes from {origin}.");

    internal static AuthenticationHeaderValue Basic(RegistryCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential.UserName + ":" + credential.Secret)));
}
