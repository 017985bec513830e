using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Pruning;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Registries;

namespace BuildKit.Core.Tests.Pruning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegistryCachePrunerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly StubCacheRegistry registry = new();
    private readonly RecordingSink sink = new();

    public void Dispose() => registry.Dispose();

    private CacheScope Scope => new($"{registry.Server.Authority}/team/shop", "devcache", "buildcache");

    [Test]
    public async Task Old_caches_of_branches_go_and_everything_else_stays_among_thirty_tags()
    {
        Enumerable.Range(1, 12).ToList().ForEach(i => registry.AddCache($"buildcache-b{i:00}", Now.AddDays(-5 * i)));
        Enumerable.Range(1, 15).ToList().ForEach(i => registry.AddImage($"1.{i}"));
        registry.AddCache("devcache", Now.AddDays(-90));
        registry.AddCache("buildcache", Now.AddDays(-90));
        registry.AddImage("buildcache-looks-like-one");

        var removed = await PruneAsync(confirmed: true);

        Assert.That(removed.Select(entry => entry.Tag), Is.EqualTo(new[] { 12, 11, 10, 9, 8, 7, 6 }.Select(i => $"buildcache-b{i:00}")));
        Assert.That(registry.Tags, Has.Count.EqualTo(30 - 7));
        Assert.That(registry.Tags.Keys, Is.SupersetOf(new[] { "devcache", "buildcache", "buildcache-looks-like-one", "buildcache-b05", "1.15" }));
    }

    [Test]
    public async Task Nothing_goes_unless_it_is_confirmed()
    {
        registry.AddCache("buildcache-old", Now.AddDays(-31));

        Assert.That((await PruneAsync(confirmed: false)).Select(entry => entry.Tag), Is.EqualTo(new[] { "buildcache-old" }));
        Assert.That(registry.Server.Requests.Select(request => request.Method), Has.None.EqualTo("DELETE"));
        Assert.That(sink.AllText, Does.Contain("would remove 1 cache").And.Contain("BuildKitPruneConfirm=true"));
    }

    [Test]
    public async Task The_newest_stay_when_so_many_are_to_be_kept()
    {
        Enumerable.Range(1, 5).ToList().ForEach(i => registry.AddCache($"buildcache-b{i}", Now.AddDays(-40 - i)));

        Assert.That((await PruneAsync(confirmed: true, keep: "3")).Select(entry => entry.Tag),
            Is.EqualTo(new[] { "buildcache-b5", "buildcache-b4" }));
    }

    [Test]
    public async Task A_manifest_that_a_kept_tag_names_stays()
    {
        registry.AddCache("buildcache-old", Now.AddDays(-31));
        registry.AddCache("buildcache-child", Now.AddDays(-31));
        registry.Tags["release"] = registry.Tags["buildcache-old"];
        registry.AddImage("index", registry.Tags["buildcache-child"]);

        Assert.That(await PruneAsync(confirmed: true), Is.Empty);
        Assert.That(registry.Tags, Has.Count.EqualTo(4));
        Assert.That(sink.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "BK7002", "BK7002" }));
    }

    [TestCase(405, "", "BK7001")]
    [TestCase(400, """{"errors":[{"code":"UNSUPPORTED"}]}""", "BK7001")]
    [TestCase(403, "", "BK7003")]
    [TestCase(500, "", "BK7003")]
    public async Task A_registry_that_does_not_delete_is_told_apart_from_one_that_fails(int status, string body, string code)
    {
        registry.AddCache("buildcache-a", Now.AddDays(-31));
        registry.AddCache("buildcache-b", Now.AddDays(-32));
        registry.Refusal = new StubAnswer(status, body);

        Assert.That(await PruneAsync(confirmed: true), Is.Empty);
        Assert.That(sink.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { code }));
    }

    [Test]
    public async Task The_list_tells_size_age_writer_and_platform()
    {
        registry.AddCache("devcache", Now);
        registry.AddCache("buildcache_linux-arm64", Now, size: 2000);
        registry.AddCache("buildcache-f_0123456789abcdef", Now, asIndex: true);
        registry.AddCache("buildcache-pr_7", Now);
        registry.AddImage("latest");

        var caches = await new RegistryCachePruner(StubRegistry.NoEnvironment, sink, StubRegistry.Quick).ListAsync(Scope, null, default);

        Assert.That(caches.Select(entry => (entry.Tag, entry.Size, entry.Created, entry.Writer, entry.Platform)), Is.EqualTo(new[]
        {
            ("buildcache-f_0123456789abcdef", 100L, (DateTimeOffset?)Now, "branch", ""),
            ("buildcache-pr_7", 100L, Now, "pull request", ""),
            ("buildcache_linux-arm64", 2000L, Now, "production", "linux/arm64"),
            ("devcache", 100L, Now, "development", ""),
        }));
        Assert.That(sink.AllText, Does.Contain("devcache").And.Contain("2026-11-24 12:00"));
    }

    [TestCase("30", "0")]
    [TestCase("a month", "0")]
    [TestCase("30d", "-1")]
    public void Other_values_are_BK2001(string olderThan, string keep) => Assert.That(
        Assert.Throws<DiagnosticException>(() => Rules(olderThan, keep))!.Diagnostics.Single().Code, Is.EqualTo("BK2001"));

    private PruneRules Rules(string olderThan, string keep) =>
        PruneRules.Of(ProjectOf.Properties(("BuildKitPruneOlderThan", olderThan), ("BuildKitPruneKeep", keep)), Scope);

    private Task<IReadOnlyList<CacheEntry>> PruneAsync(bool confirmed, string keep = "0") =>
        new RegistryCachePruner(StubRegistry.NoEnvironment, sink, StubRegistry.Quick)
            .PruneAsync(Scope, Rules("30d", keep), confirmed, Now, null, default);
}
