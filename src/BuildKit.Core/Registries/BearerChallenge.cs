using System.Text.RegularExpressions;

namespace BuildKit.Core.Registries;

/// <summary>
/// A registry's <c>WWW-Authenticate: Bearer realm="...",service="...",scope="..."</c>.
/// https://distribution.github.io/distribution/spec/auth/token/
/// </summary>
/// <param name="Realm">Where tokens are given.</param>
/// <param name="Service">Name of the registry for the realm; empty when it has none.</param>
/// <param name="Scope">What the token must allow; empty when the registry does not say.</param>
internal sealed partial record BearerChallenge(Uri Realm, string Service, string Scope)
{
    /// <summary>Finds the challenge among the headers.</summary>
    /// <returns>Null when there is none that can be used.</returns>
    public static BearerChallenge? Find(IEnumerable<string> headers)
    {
        foreach (var header in headers.Where(h => h.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)))
        {
            var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (Match match in Parameter().Matches(header))
            {
                parameters.TryAdd(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value);
            }

            if (Uri.TryCreate(parameters.GetValueOrDefault("realm", ""), UriKind.Absolute, out var realm)
                && (realm.Scheme == Uri.UriSchemeHttps || realm.Scheme == Uri.UriSchemeHttp))
            {
                return new BearerChallenge(realm, parameters.GetValueOrDefault("service", ""), parameters.GetValueOrDefault("scope", ""));
            }
        }

        return null;
    }

    [GeneratedRegex(@"([A-Za-z_]+)=(?:""([^""]*)""|([^\s,""]+))")]
    private static partial Regex Parameter();
}
