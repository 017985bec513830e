using System.Text.RegularExpressions;

namespace BuildKit.Testing;

/// <summary>A registry of the tests' own.</summary>
public sealed partial class RegistryFixture : IAsyncDisposable
{
    private static readonly string Script = RepositoryRoot.PathOf("tests/engine/registry.sh");
    private readonly string name;

    private RegistryFixture(string name, string address, string authority) =>
        (this.name, Address, AuthorityFile) = (name, address, authority);

    /// <summary>Host and port, as in an image's name.</summary>
    public string Address { get; }

    /// <summary>Certificate of the authority of a registry with TLS; else empty.</summary>
    public string AuthorityFile { get; }

    /// <summary>Reads what is in it, without credentials and TLS.</summary>
    public RegistryImages Images => new(Address);

    /// <summary>Starts a registry.</summary>
    /// <param name="purpose">Part of its name.</param>
    /// <param name="options">Options of registry.sh: <c>--seed</c>, <c>--tls</c>, <c>--user</c>, <c>--password</c>, <c>--address</c>.</param>
    public static async Task<RegistryFixture> StartAsync(string purpose, params string[] options)
    {
        var name = $"{TestRun.Id}-{purpose}";
        var lines = (await Command.RunAsync(Script, ["start", name, .. options])).Succeeded().Split('\n');
        return new RegistryFixture(
            name,
            lines.Single(line => HostAndPort().IsMatch(line)),
            lines.FirstOrDefault(line => line.EndsWith(".crt", StringComparison.Ordinal)) ?? "");
    }

    /// <summary>Ends the registry and deletes what it holds.</summary>
    public async ValueTask DisposeAsync() => (await Command.RunAsync(Script, ["stop", name])).Succeeded();

    [GeneratedRegex(@"^[\w.]+:\d+$")]
    private static partial Regex HostAndPort();
}
