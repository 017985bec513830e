namespace BuildKit.Core.Drivers;

/// <summary>How the remote driver reaches a BuildKit (https://docs.docker.com/build/builders/drivers/remote/).</summary>
internal enum RemoteEndpointKind
{
    /// <summary><c>tcp://host:port</c>, with TLS when certificates are given.</summary>
    Tcp,

    /// <summary><c>unix:///path</c>.</summary>
    Unix,

    /// <summary><c>ssh://user@host</c>: only ssh knows the way.</summary>
    Ssh,

    /// <summary><c>docker-container://name</c> in the current engine.</summary>
    Container,

    /// <summary><c>kube-pod://name?namespace=…</c> in the current cluster.</summary>
    Pod,

    /// <summary>Anything else; buildx judges it.</summary>
    Other,
}

/// <summary>Where a remote BuildKit is.</summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Address">As it was written.</param>
/// <param name="Name">Host, path, or name of the container or pod.</param>
/// <param name="Port">Port of <c>tcp</c>; 1234 by default, as BuildKit's own.</param>
internal sealed record RemoteEndpoint(RemoteEndpointKind Kind, string Address, string Name, int Port = 0)
{
    /// <summary>The forms that an endpoint has, for messages.</summary>
    public const string Forms = "tcp://host:port, unix:///path, ssh://user@host, docker-container://name or kube-pod://name";

    // Longer paths are cut or refused by the system (sun_path).
    private const int LongestSocket = 107;

    /// <summary>What is wrong with an endpoint of a known kind; empty when nothing is.</summary>
    public string Problem => Kind switch
    {
        RemoteEndpointKind.Other => "",
        _ when Name.Length == 0 => "nothing is named",
        RemoteEndpointKind.Unix when !Name.StartsWith('/') => "the path of a socket begins with a slash",
        RemoteEndpointKind.Unix when System.Text.Encoding.UTF8.GetByteCount(Name) > LongestSocket =>
            $"the path of a socket has at most {LongestSocket} bytes",
        _ => "",
    };

    /// <summary>Reads an endpoint.</summary>
    public static RemoteEndpoint Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return new RemoteEndpoint(RemoteEndpointKind.Other, address, address);
        }

        return uri.Scheme switch
        {
            "tcp" => new RemoteEndpoint(RemoteEndpointKind.Tcp, address, HostOf(uri), uri.Port > 0 ? uri.Port : 1234),
            "unix" => new RemoteEndpoint(RemoteEndpointKind.Unix, address, NameOf(address)),
            "ssh" => new RemoteEndpoint(RemoteEndpointKind.Ssh, address, uri.Host, uri.Port > 0 ? uri.Port : 22),
            // Not the parsed host: names of containers may have letters that hosts may not.
            "docker-container" => new RemoteEndpoint(RemoteEndpointKind.Container, address, NameOf(address).Split('?')[0].Trim('/')),
            "kube-pod" => new RemoteEndpoint(RemoteEndpointKind.Pod, address, NameOf(address).Split('?')[0].Trim('/')),
            _ => new RemoteEndpoint(RemoteEndpointKind.Other, address, address),
        };
    }

    // Letters of other scripts have another form in names of hosts; some have none.
    private static string HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return "";
        }
    }

    // Without its two slashes an address names nothing.
    private static string NameOf(string address) =>
        address.IndexOf("://", StringComparison.Ordinal) is var end && end >= 0 ? address[(end + 3)..] : "";
}
