using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// What MSBuild keeps for the tasks of one build in one process. Tasks of several projects may run there at the same time (<c>-mt</c>),
/// so each object is registered once, and whoever comes second gets the first one's.
/// </summary>
/// <param name="engine">MSBuild; null for a task that runs outside a build, where nothing is shared.</param>
internal sealed class BuildFacts(IBuildEngine4? engine)
{
    // To look and to register are two calls of MSBuild.
    private static readonly object Registration = new();

    /// <summary>An object that all tasks of a build share.</summary>
    /// <param name="key">What it depends on.</param>
    /// <param name="make">Makes it, quickly: everybody else waits.</param>
    public T Shared<T>(string key, Func<T> make)
        where T : class
    {
        var fullKey = $"BuildKit.Tasks/{typeof(T)}/{key}";
        lock (Registration)
        {
            if (Find<T>(fullKey) is { } known)
            {
                return known;
            }

            var made = make();
            engine?.RegisterTaskObject(fullKey, made, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return made;
        }
    }

    /// <summary>A fact that is found once for all projects, however many ask at the same time.</summary>
    /// <param name="key">What the fact depends on.</param>
    /// <param name="find">Finds it; a failure is not kept, and whoever waited finds for himself.</param>
    /// <param name="cancellation">Ends the waiting for somebody else who finds it.</param>
    public Task<T> OnceAsync<T>(string key, Func<Task<T>> find, CancellationToken cancellation)
        where T : class => Shared(key, () => new Fact<T>()).GetAsync(find, cancellation);

    /// <summary>Whether this is the first to ask, so that what holds for all projects is reported once.</summary>
    /// <param name="key">What is reported.</param>
    public bool IsFirst(string key) => Shared(key, () => new Turn()).IsFirst();

    /// <summary>Keeps an object for a later task of the same project; a file would have to be read back.</summary>
    /// <returns>The key to get it by.</returns>
    public string Keep<T>(T value)
        where T : class
    {
        var key = $"BuildKit.Tasks/{typeof(T).Name}/{Guid.NewGuid():N}";
        engine!.RegisterTaskObject(key, value, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return key;
    }

    /// <summary>The object that an earlier task kept.</summary>
    public T Kept<T>(string key)
        where T : class => Find<T>(key) ?? throw new InvalidOperationException($"no {typeof(T).Name} was kept for this build");

    private T? Find<T>(string key)
        where T : class => engine?.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) as T;

    // MSBuild disposes what is registered when the build ends.
    private sealed class Fact<T> : IDisposable
        where T : class
    {
        private readonly SemaphoreSlim turn = new(1, 1);
        private T? found;

        public async Task<T> GetAsync(Func<Task<T>> find, CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return found ??= await find().ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }
        }

        public void Dispose()
        {
            (found as IDisposable)?.Dispose();
            turn.Dispose();
        }
    }

    private sealed class Turn
    {
        private int taken;

        public bool IsFirst() => Interlocked.Exchange(ref taken, 1) == 0;
    }
}
