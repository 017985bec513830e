using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>What every way of making an image shares: one engine, one registry, the package.</summary>
public sealed record Lab(EngineFixture Engine, RegistryFixture Registry, LocalFeed Feed) : IAsyncDisposable
{
    /// <summary>
    /// Whether the servers of MSBuild and the compiler stay between builds, as at a desk; in CI each build starts anew.
    /// </summary>
    public bool BuildServers { get; set; }

    /// <summary>Where they have their sockets: those of whoever runs this are left alone.</summary>
    private DirectoryInfo Sockets { get; } = Directory.CreateTempSubdirectory("bk-");

    /// <summary>The environment of a build.</summary>
    public Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>(Engine.Environment) { ["UseSharedCompilation"] = BuildServers ? "true" : "false" };
        if (BuildServers)
        {
            environment.Remove("MSBUILDDISABLENODEREUSE");
            environment["TMPDIR"] = Sockets.FullName;
        }

        return environment;
    }

    /// <summary>Starts everything.</summary>
    public static async Task<Lab> StartAsync() => new(
        await EngineFixture.StartAsync("bench"), await RegistryFixture.StartAsync("bench", "--seed"), await LocalFeed.PackAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        BuildServers = true;
        await Command.RunAsync("dotnet", ["build-server", "shutdown"], "", Environment());
        Sockets.Delete(recursive: true);
        await Engine.DisposeAsync();
        await Registry.DisposeAsync();
    }
}
