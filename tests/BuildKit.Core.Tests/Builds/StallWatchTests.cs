using BuildKit.Core.Builds;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Registries;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Builds;

/// <summary>A run that stands still is told and ended; one that works is not.</summary>
public sealed class StallWatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_run_that_waits_for_a_registry_is_told_and_ended()
    {
        var sink = new RecordingSink();
        await using var watch = Watch("importing cache manifest from 127.0.0.1:1/a:c", sink, Limit);
        await EndedAsync(watch);
        Assert.That(watch.Ended, Does.Match(@"^ERROR: no progress \(Registry\) for \d\.")
            .And.Contains("the builder waits for 127.0.0.1:1 (importing cache manifest from 127.0.0.1:1/a:c)"));
        Assert.That(sink.Messages.Select(message => message.Text), Has.Some.Contains("without progress: the builder waits for 127.0.0.1:1")
            .And.Some.Contains("BuildKitStallTimeout"));
    }

    [Test]
    public async Task A_run_that_works_is_left_alone()
    {
        var sink = new RecordingSink();
        await using var watch = Watch("[2/2] RUN make", sink, Limit);
        await Task.Delay(4 * Limit);
        Assert.That((watch.Ended, sink.Messages.Count, watch.Cancellation.Graceful.IsCancellationRequested), Is.EqualTo(((string?)null, 0, false)));
    }

    [Test]
    public async Task A_run_that_is_heard_of_is_left_alone()
    {
        // A clock that only the test moves: however slow the machine is, the silence stays short.
        var clock = new SetClock();
        await using var watch = Watch("importing cache manifest from 127.0.0.1:1/a:c", new RecordingSink(), Limit, clock: clock);
        for (var round = 0; round < 20; round++)
        {
            clock.Now += Limit / 4;
            await Task.Delay(Limit / 4);
            watch.Heard();
        }

        Assert.That(watch.Ended, Is.Null);
        clock.Now += 2 * Limit;
        await EndedAsync(watch);
    }

    [Test]
    public async Task Without_a_limit_it_is_told_only()
    {
        await using var watch = Watch("importing cache manifest from 127.0.0.1:1/a:c", new RecordingSink(), TimeSpan.Zero);
        await Task.Delay(2 * Limit);
        Assert.That(watch.Ended, Is.Null);
    }

    // The registry answers other questions, or cannot be reached from here: then six times the limit.
    [TestCase(true, 1)]
    [TestCase(false, 6)]
    public async Task Layers_may_take_longer_unless_the_registry_is_silent(bool isSilent, int times)
    {
        using var over = new ManualResetEventSlim();
        using var server = StubServer.Http(_ =>
        {
            if (isSilent)
            {
                over.Wait();
            }

            return new StubAnswer(200);
        });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using (var watch = Watch("exporting to image", new RecordingSink(), Limit, part: "pushing layers", pushed: server.Authority))
        {
            await EndedAsync(watch);
        }

        over.Set();
        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(times * Limit));
        Assert.That(isSilent || clock.Elapsed >= StallWatch.Patience * Limit, Is.True);
    }

    private static StallWatch Watch(string step, RecordingSink sink, TimeSpan limit, string part = "", string pushed = "", TimeProvider? clock = null)
    {
        var graph = new BuildGraph();
        graph.Apply(ProgressReader.TryRead($$"""{"vertexes":[{"digest":"sha256:a","name":"{{step}}","started":"2026-11-28T09:00:00Z"}]}""")!);
        if (part.Length > 0)
        {
            graph.Apply(ProgressReader.TryRead($$"""{"statuses":[{"id":"{{part}}","vertex":"sha256:a","started":"2026-11-28T09:00:00Z"}]}""")!);
        }

        var call = new BuildxCall([], TestRequests.Container, "/")
        {
            Graph = graph,
            Pushed = pushed.Length == 0 ? [] : [new Core.Images.ImageReference(pushed, "a", "1")],
        };
        return new StallWatch(
            limit, new StallLook(call, new BuildEnvironment(),
                new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick with { RequestLimit = Limit })), sink, ProcessCancellation.None,
            clock ?? TimeProvider.System);
    }

    private sealed class SetClock : TimeProvider
    {
        private long ticks;

        public TimeSpan Now
        {
            get => new(Volatile.Read(ref ticks));
            set => Volatile.Write(ref ticks, value.Ticks);
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref ticks);
    }

    private static async Task EndedAsync(StallWatch watch)
    {
        var ended = new TaskCompletionSource();
        await using var registration = watch.Cancellation.Graceful.Register(ended.SetResult);
        await ended.Task.WaitAsync(Long);
    }
}
