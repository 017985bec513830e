using BuildKit.Core.Builders;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

[NonParallelizable] // The lock is one for the whole machine.
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderPrunerTests
{
    private readonly StubDocker docker = new();
    private readonly ListSink sink = new();

    public BuilderPrunerTests()
    {
        Add("buildkit-tasks", "running", "2999-01-01T00:00:00Z", []);
        Add("ci", "running", "2020-01-01T00:00:00Z", new() { [OwnBuilders.Marker] = "1" });
        Add("team", "running", "2020-01-01T00:00:00Z", []);
        docker.Answers.Add(("buildx du", 0, """
            {"ID":"a","Reclaimable":true,"Size":"1.5GB"}
            {"ID":"b","Reclaimable":false,"Size":"9GB"}
            {"ID":"c","Reclaimable":true,"Size":"500MB"}
            """, ""));
        docker.Answers.Add(("buildx prune", 0, "ID RECLAIMABLE\nTotal:\t1.2GB", ""));
    }

    [Test]
    public async Task Without_a_name_it_tells_what_would_go_of_ours_and_touches_nothing()
    {
        await PruneAsync(new PruneRequest());
        Assert.That(sink.Messages, Is.EqualTo(new[]
        {
            "2.0 GB of the builder \"buildkit-tasks\" would be freed", "2.0 GB of the builder \"ci\" would be freed",
            "nothing was removed; -p:BuildKitPruneBuilderDryRun=false does it",
        }));
        Assert.That(docker.CallsOf("buildx prune").Concat(docker.CallsOf("buildx rm")), Is.Empty);
    }

    [Test]
    public async Task A_users_own_is_pruned_when_it_is_named()
    {
        await PruneAsync(PruneRequest.Of(ProjectOf.Properties(
            ("BuildKitBuilder", "team"), ("BuildKitPruneBuilderDryRun", "off"), ("BuildKitPruneBuilderAll", "1"),
            ("BuildKitPruneBuilderKinds", "CacheMounts;Steps"),
            ("BuildKitPruneBuilderUnusedFor", "172800"), ("BuildKitPruneBuilderMaxUsedSpace", "10gb"))));
        Assert.That(docker.CallsOf("buildx prune"), Is.EqualTo(new[]
        {
            "buildx prune --force --builder team --filter type=exec.cachemount --filter until=172800s --all --max-used-space 10gb",
            "buildx prune --force --builder team --filter type=regular --filter until=172800s --all --max-used-space 10gb",
        }));
        Assert.That(sink.Messages, Has.Some.EqualTo("1.2GB of the builder \"team\" (regular) freed"));
    }

    [TestCase(false), TestCase(true)]
    public async Task Only_ours_that_nothing_uses_are_removed(bool apply)
    {
        await PruneAsync(new PruneRequest { RemoveUnusedFor = TimeSpan.FromDays(30), Apply = apply });
        Assert.That(docker.Builders.Keys, Is.EqualTo(apply ? new[] { "buildkit-tasks", "team" } : ["buildkit-tasks", "ci", "team"]));
    }

    [Test]
    public async Task A_users_own_is_not_removed_even_when_it_is_named()
    {
        await PruneAsync(new PruneRequest { Name = "team", RemoveUnusedFor = TimeSpan.FromDays(30), Apply = true });
        Assert.That(docker.Builders.Keys, Does.Contain("team"));
    }

    [Test]
    public void What_is_no_kind_and_no_amount_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(Refusal(() => { PruneRequest.Of(ProjectOf.Properties(("BuildKitPruneBuilderKinds", "Caches"))); }).Single().Code,
            Is.EqualTo("BK2001"));
        Assert.That(Refusal(() => { PruneRequest.Of(ProjectOf.Properties(("BuildKitPruneBuilderMinFreeSpace", "much"))); }).Single().Code,
            Is.EqualTo("BK2001"));
        Assert.That(Refusal(() => PruneAsync(new PruneRequest { Name = "nobody" })).Single().Code, Is.EqualTo("BK1007"));
    });

    private void Add(string name, string status, string used, Dictionary<string, string> options) =>
        docker.Builders[name] = new StubBuilder(name, "docker-container")
        { Status = status, LastActivity = used, Nodes = { new StubNode(name + "0", "unix:///d", options, [], []) } };

    private Task PruneAsync(PruneRequest request) => new BuilderPruner(docker, sink).PruneAsync(request, Request, default);
}
