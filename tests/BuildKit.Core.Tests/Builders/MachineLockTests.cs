using System.Globalization;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Builders;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MachineLockTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();

    public void Dispose() => folder.Dispose();

    [Test, CancelAfter(30_000)]
    public async Task The_second_waits_until_the_first_is_done(CancellationToken cancellation)
    {
        var first = await TakeAsync(cancellation);
        var second = TakeAsync(cancellation);
        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        (await second).Dispose();
        Assert.That(sink.Messages, Is.Empty, "a short wait is nobody's concern");
    }

    [Test, CancelAfter(30_000)]
    public async Task Never_two_hold_it(CancellationToken cancellation)
    {
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var held = await TakeAsync(cancellation);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }, cancellation)));
        Assert.That((inside, most), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var held = await TakeAsync(default);
        using var cancelled = new CancellationTokenSource();
        var waiting = TakeAsync(cancelled.Token);
        await cancelled.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_longer_wait_says_for_whom_and_where_and_ends_with_a_code(CancellationToken cancellation)
    {
        using var held = await TakeAsync(cancellation, "the build of Shop.csproj");
        var failure = (await Assert.ThrowsAsync<DiagnosticException>(() => MachineLock.AcquireAsync(
            Path, "another", sink, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), cancellation)))!;
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Assert.That(sink.Messages.Single().Level, Is.EqualTo(MessageLevel.Important));
        Assert.That(sink.AllText, Does.StartWith($"Waiting for the build of Shop.csproj (process {process}, since ").And.Contain(Path));
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK1035"));
        Assert.That(failure.Message, Does.Contain(process).And.Contain(Path));
    }

    [Test, CancelAfter(30_000), Platform("Unix")]
    public async Task A_link_in_its_place_is_not_followed(CancellationToken cancellation)
    {
        var target = folder.Full("elsewhere");
        File.CreateSymbolicLink(Path, target);
        Assert.That(await CodeOfAsync(cancellation), Is.EqualTo("BK1036"));
        Assert.That(File.Exists(target), Is.False, "nothing is made where the link leads");
    }

    [Test, CancelAfter(30_000)]
    public async Task A_folder_in_its_place_ends_the_wait(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path);
        Assert.That(await CodeOfAsync(cancellation), Is.EqualTo("BK1036"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_folder_that_is_not_there_ends_the_wait(CancellationToken cancellation)
    {
        var failure =
            (await Assert.ThrowsAsync<DiagnosticException>(() => MachineLock.AcquireAsync(folder.Full("missing/x.lock"), "", sink, Long, Long,
                cancellation)))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK1036"));
    }

    private string Path => folder.Full("builders.lock");

    private async Task<string> CodeOfAsync(CancellationToken cancellation) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => TakeAsync(cancellation)))!.Diagnostics.Single().Code;

    private Task<MachineLock> TakeAsync(CancellationToken cancellation, string holder = "a test") =>
        MachineLock.AcquireAsync(Path, holder, sink, TimeSpan.FromSeconds(20), Long, cancellation);
}
