namespace BuildKit.Testing;

/// <summary>
/// What all stories of a suite share: the packed package, an engine with the containerd store, a registry with base images. Each
/// suite has a set-up fixture that starts and stops it.
/// </summary>
public static class Machine
{
    private static readonly Lazy<Task<EngineFixture>> LazyGraphDriverEngine = new(() => EngineFixture.StartAsync("graph", "--graph-driver"));
    private static readonly Lazy<Task<RegistryFixture>> LazyPrivateRegistry = new(() =>
        RegistryFixture.StartAsync("private", "--tls", "--user", "someone", "--password", "open-sesame"));

    /// <summary>The feed with the package under test.</summary>
    public static LocalFeed Feed { get; private set; } = null!;

    /// <summary>The engine.</summary>
    public static EngineFixture Engine { get; private set; } = null!;

    /// <summary>The registry.</summary>
    public static RegistryFixture Registry { get; private set; } = null!;

    /// <summary>An engine with the older store; started when a story asks for it.</summary>
    public static Task<EngineFixture> GraphDriverEngineAsync() => LazyGraphDriverEngine.Value;

    /// <summary>A registry with TLS and a password that nobody has.</summary>
    public static Task<RegistryFixture> PrivateRegistryAsync() => LazyPrivateRegistry.Value;

    /// <summary>Starts all that every story uses.</summary>
    public static async Task StartAsync()
    {
        var feed = LocalFeed.PackAsync();
        await Leftovers.StopAsync();
        Registry = await RegistryFixture.StartAsync("main", "--seed");
        Engine = await EngineFixture.StartAsync("main");
        Feed = await feed;
    }

    /// <summary>Stops what was started.</summary>
    public static async Task StopAsync()
    {
        IAsyncDisposable?[] started =
        [
            Engine,
            Registry,
            LazyGraphDriverEngine is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? await LazyGraphDriverEngine.Value : null,
            LazyPrivateRegistry is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? await LazyPrivateRegistry.Value : null,
        ];
        foreach (var one in started.OfType<IAsyncDisposable>())
        {
            await one.DisposeAsync();
        }

        TestRun.Close();
    }
}
