using BuildKit.Core.Builders;

namespace BuildKit.Core.Tests.Builders;

public sealed class MachineLockTests
{
    private readonly string name = "buildkit-tests-" + Guid.NewGuid().ToString("N");

    [OneTimeTearDown]
    public void RemoveFile() => File.Delete(Path.Combine(Path.GetTempPath(), $"{name}-{Environment.UserName}.lock"));

    [Test, CancelAfter(30_000)]
    public async Task The_second_waits_until_the_first_is_done(CancellationToken cancellation)
    {
        var first = await MachineLock.AcquireAsync(name, cancellation);
        var second = MachineLock.AcquireAsync(name, cancellation);
        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        (await second).Dispose();
    }

    [Test, CancelAfter(30_000)]
    public async Task Never_two_hold_it(CancellationToken cancellation)
    {
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var held = await MachineLock.AcquireAsync(name + "8", cancellation);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }, cancellation)));
        Assert.That((inside, most), Is.EqualTo((0, 1)));
        File.Delete(Path.Combine(Path.GetTempPath(), $"{name}8-{Environment.UserName}.lock"));
    }

    [Test]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var held = await MachineLock.AcquireAsync(name + "c", default);
        using var cancelled = new CancellationTokenSource();
        var waiting = MachineLock.AcquireAsync(name + "c", cancelled.Token);
        await cancelled.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        File.Delete(Path.Combine(Path.GetTempPath(), $"{name}c-{Environment.UserName}.lock"));
    }
}
