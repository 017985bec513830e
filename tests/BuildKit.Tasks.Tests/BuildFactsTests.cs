using BuildKit.Core.Diagnostics;

namespace BuildKit.Tasks.Tests;

/// <summary>What the tasks of one build share, when several ask at the same time as with <c>-mt</c>.</summary>
public sealed class BuildFactsTests
{
    private static readonly int[] Callers = [.. Enumerable.Range(0, 8)];

    private readonly RecordingBuildEngine engine = new();

    [Test]
    [CancelAfter(60_000)]
    public async Task A_fact_is_found_once_however_many_ask(CancellationToken cancellation)
    {
        var found = 0;
        async Task<string> FindAsync()
        {
            var number = Interlocked.Increment(ref found);
            await Task.Delay(100, cancellation);
            return $"fact {number}";
        }

        var facts = await Task.WhenAll(Callers.Select(_ => Task.Run(() => Facts.OnceAsync("once", FindAsync, cancellation))));
        Assert.That(facts, Is.All.EqualTo("fact 1"));
        Assert.That(await Facts.OnceAsync("other", FindAsync, cancellation), Is.EqualTo("fact 2"), "another key is another fact");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_failure_is_not_kept(CancellationToken cancellation)
    {
        var found = 0;
        Task<string> FindAsync() => Interlocked.Increment(ref found) == 1 ? throw new DiagnosticException([]) : Task.FromResult("found");
        var ends = await Task.WhenAll(Callers.Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Facts.OnceAsync("fails", FindAsync, cancellation);
            }
            catch (DiagnosticException)
            {
                return "failed";
            }
        })));
        Assert.That((ends.Count(end => end == "failed"), ends.Count(end => end == "found"), found), Is.EqualTo((1, 7, 2)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Who_is_cancelled_while_he_finds_leaves_it_to_the_next(CancellationToken cancellation)
    {
        using var first = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var cancelled = Task.Run(() => Facts.OnceAsync("cancelled", async () =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, first.Token);
            return "never";
        }, first.Token));
        await begun.Task;
        var next = Facts.OnceAsync("cancelled", () => Task.FromResult("next"), cancellation);
        Assert.That(next.IsCompleted, Is.False);
        await first.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => cancelled);
        Assert.That(await next, Is.EqualTo("next"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Who_is_cancelled_while_he_waits_ends_at_once_and_disturbs_nobody(CancellationToken cancellation)
    {
        using var waiting = new CancellationTokenSource();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var first = Task.Run(() => Facts.OnceAsync("waits", () =>
        {
            begun.SetResult();
            return end.Task;
        }, cancellation));
        await begun.Task;
        var second = Facts.OnceAsync("waits", () => Task.FromResult("second"), waiting.Token);
        await waiting.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => second);
        end.SetResult("first");
        Assert.That(await first, Is.EqualTo("first"));
    }

    [Test]
    public void One_is_first()
    {
        var first = 0;
        Parallel.ForEach(Callers, new ParallelOptions { MaxDegreeOfParallelism = Callers.Length },
            _ => Interlocked.Add(ref first, Facts.IsFirst("note") ? 1 : 0));
        Assert.That((first, Facts.IsFirst("note"), Facts.IsFirst("another")), Is.EqualTo((1, false, true)));
    }

    [Test]
    public void An_object_is_shared_and_made_once()
    {
        var made = 0;
        var shared = new List<object>();
        Parallel.ForEach(Callers, new ParallelOptions { MaxDegreeOfParallelism = Callers.Length }, _ =>
        {
            var one = Facts.Shared("shared", () =>
            {
                Interlocked.Increment(ref made);
                Thread.Sleep(20);
                return new object();
            });
            lock (shared)
            {
                shared.Add(one);
            }
        });
        Assert.That((made, shared.Distinct().Count()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Tasks_of_one_build_share_them()
    {
        var found = 0;
        Task<string> Find() => Task.FromResult($"fact {++found}");
        using var fixture = new TaskFixture();
        var (one, two) = (fixture.Make<EnsureBuildKit>(), fixture.Make<ResolveCacheRefs>());
        Assert.That((await one.OncePerBuildAsync("tasks", Find), await two.OncePerBuildAsync("tasks", Find)), Is.EqualTo(("fact 1", "fact 1")));
        Assert.That((one.IsFirstInBuild("tasks"), two.IsFirstInBuild("tasks")), Is.EqualTo((true, false)));
        Assert.That(one.RegistryClients, Is.SameAs(two.RegistryClients));
    }

    private BuildFacts Facts => new(engine);
}
