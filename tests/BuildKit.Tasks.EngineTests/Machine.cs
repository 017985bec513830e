namespace BuildKit.Tasks.EngineTests;

/// <summary>What all stories share: the packed package, an engine with the containerd store, a registry with base images.</summary>
[SetUpFixture]
public sealed class Machine
{
    private static readonly Lazy<Task<EngineFixture>> LazyGraphDriverEngine = new(() => EngineFixture.StartAsync("graph", "--graph-driver"));
    private static readonly Lazy<Task<RegistryFixture>> LazyPrivateRegistry = new(() =>
        RegistryFixture.StartAsync("private", "--tls", "--user", "someone", "--password", "open-sesame"));

    public static LocalFeed Feed { get; private set; } = null!;

    public static EngineFixture Engine { get; private set; } = null!;

    public static RegistryFixture Registry { get; private set; } = null!;

    /// <summary>An engine with the older store; started when a story asks for it.</summary>
    public static Task<EngineFixture> GraphDriverEngineAsync() => LazyGraphDriverEngine.Value;

    /// <summary>A registry with TLS and a password that nobody has.</summary>
    public static Task<RegistryFixture> PrivateRegistryAsync() => LazyPrivateRegistry.Value;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var feed = LocalFeed.PackAsync();
        await Leftovers.StopAsync();
        Registry = await RegistryFixture.StartAsync("main", "--seed");
        Engine = await EngineFixture.StartAsync("main");
        Feed = await feed;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
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
