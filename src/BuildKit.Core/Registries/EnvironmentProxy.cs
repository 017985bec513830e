using System.Net;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Registries;

/// <summary>
/// The proxy that the build's environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY in either case), by the rules of the
/// Go programs beside us (golang.org/x/net/http/httpproxy), so that we and BuildKit take the same way. The runtime's own
/// one reads the process environment, which is not the build's.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? http;
    private readonly Uri? https;
    private readonly string[] direct;

    public EnvironmentProxy(BuildEnvironment environment)
    {
        http = AddressOf(Variable(environment, "HTTP_PROXY"));
        https = AddressOf(Variable(environment, "HTTPS_PROXY"));
        direct = Variable(environment, "NO_PROXY").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var user = new[] { https, http }.FirstOrDefault(proxy => proxy?.UserInfo.Length > 0)?.UserInfo.Split(':', 2);
        Credentials = user is null ? null
            : new NetworkCredential(Uri.UnescapeDataString(user[0]), user.Length == 2 ? Uri.UnescapeDataString(user[1]) : "");
    }

    /// <summary>Whether there is any proxy at all.</summary>
    public bool IsEmpty => http is null && https is null;

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? https : http;

    public bool IsBypassed(Uri host) => RegistryHost.IsLoopbackHost(host.Host) || direct.Any(rule => Matches(rule, host));

    private static bool Matches(string rule, Uri address)
    {
        if (rule == "*")
        {
            return true;
        }

        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            return IPNetwork.TryParse(rule, out var network) ? network.Contains(ip) : rule == address.Host || rule == address.Authority;
        }

        var port = rule.LastIndexOf(':') is var colon && colon > 0 ? rule[(colon + 1)..] : "";
        var name = port.Length > 0 ? rule[..colon] : rule;
        // "example.com" holds for the name and all below, ".example.com" only for those below.
        return (port.Length == 0 || port == address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))
            && (address.Host.Equals(name, StringComparison.OrdinalIgnoreCase)
                || address.Host.EndsWith("." + name.TrimStart('*').TrimStart('.'), StringComparison.OrdinalIgnoreCase));
    }

    private static string Variable(BuildEnvironment environment, string name) =>
        environment.GetValueOrDefault(name, "") is { Length: > 0 } upper ? upper
        : environment.GetValueOrDefault(name.ToLowerInvariant(), "");

    private static Uri? AddressOf(string text) =>
        text.Length > 0 && Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var address)
            ? address
            : null;
}
