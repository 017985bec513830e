using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>What every way of making an image shares: one engine, one registry, the package.</summary>
public sealed record Lab(EngineFixture Engine, RegistryFixture Registry, LocalFeed Feed) : IAsyncDisposable
{
    /// <summary>Starts everything.</summary>
    public static async Task<Lab> StartAsync() => new(
        await EngineFixture.StartAsync("bench"), await RegistryFixture.StartAsync("bench", "--seed"), await LocalFeed.PackAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Registry.DisposeAsync();
    }
}
