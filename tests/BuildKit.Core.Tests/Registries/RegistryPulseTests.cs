using System.Diagnostics;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Registries;

/// <summary>A registry that takes connections and does not answer.</summary>
public sealed class RegistryPulseTests
{
    private static readonly RegistryClientOptions Short = StubRegistry.Quick with { RequestLimit = TimeSpan.FromMilliseconds(400) };

    [Test]
    public async Task Is_told_while_it_is_waited_for_and_is_silent_afterwards()
    {
        using var over = new ManualResetEventSlim();
        using var server = Hanging(over);
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, Short);
        var told = new List<string>();
        registries.Waiting += (registry, _) => told.Add(registry);
        var failure = await StubRegistry.FailureAsync(() => registries.For(RegistryAccess.Pull)
            .HeadManifestAsync(StubRegistry.Image(server), default));
        over.Set();
        Assert.That((failure.IsSilence, registries.Pulse.IsSilent(server.Authority), told.Distinct().Single()),
            Is.EqualTo((true, true, server.Authority)));
    }

    [Test]
    public async Task Is_not_waited_for_as_long_a_second_time()
    {
        using var over = new ManualResetEventSlim();
        using var server = Hanging(over);
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick with { RequestLimit = TimeSpan.FromSeconds(6) });
        registries.Pulse.Missed(server.Authority);
        var clock = Stopwatch.StartNew();
        await StubRegistry.FailureAsync(() => registries.For(RegistryAccess.Pull).HeadManifestAsync(StubRegistry.Image(server), default));
        over.Set();
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5.5)));
    }

    [Test]
    public async Task One_that_cannot_be_reached_is_not_silent()
    {
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, Short);
        Assert.That(await registries.IsSilentAsync("127.0.0.1:1", default), Is.False);
    }

    [Test]
    public async Task Its_caches_are_left_out_and_those_of_others_stay()
    {
        using var over = new ManualResetEventSlim();
        using var server = Hanging(over);
        using var other = StubServer.Http(_ => new StubAnswer(404));
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, Short);
        CacheReference silent = CacheReference.Registry(server.Authority + "/a:c"), good = CacheReference.Registry(other.Authority + "/a:c"),
            disk = CacheReference.Parse("type=local,src=/c");
        var caches = await new SilentCaches(registries)
            .LeaveOutAsync(new ResolvedCaches([silent, good, disk], [silent, good], "", []), null, default);
        over.Set();
        Assert.That(caches.From, Is.EqualTo(new[] { good, disk }));
        Assert.That(caches.To, Is.EqualTo(new[] { good }));
        Assert.That(caches.Diagnostics.Single().Code, Is.EqualTo("BK4013"));
    }

    [Test]
    public async Task One_that_is_only_written_to_is_asked_as_well()
    {
        using var over = new ManualResetEventSlim();
        using var server = Hanging(over);
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, Short);
        var caches = await new SilentCaches(registries)
            .LeaveOutAsync(new ResolvedCaches([], [CacheReference.Registry(server.Authority + "/a:c")], "", []), null, default);
        over.Set();
        Assert.That(caches.To, Is.Empty);
    }

    [Test]
    public async Task When_to_ask_again_is_what_the_registry_said()
    {
        using var server = StubServer.Http(_ => new StubAnswer(429) { Headers = { ["Retry-After"] = "40" } });
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick);
        Assert.That(await registries.RetryAdviceAsync(server.Authority, default),
            Does.Match("^Try again in (40|39) s, at [0-9:]{8} \\(Retry-After\\)\\.$"));
    }

    private static StubServer Hanging(ManualResetEventSlim over) => StubServer.Http(_ =>
    {
        over.Wait();
        return new StubAnswer(200);
    });
}
