using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

[NonParallelizable] // The lock is one for the whole machine.
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderChangeTests
{
    private readonly StubDocker docker = new();
    private readonly ListSink sink = new();

    [Test]
    public async Task A_missing_builder_is_created_and_started_and_never_made_the_current_one()
    {
        await EnsureAsync("memory=2g");
        Assert.That(docker.Builders["ci"].Status, Is.EqualTo("running"));
        Assert.That(docker.Calls, Has.None.Contains("--use").And.Some.StartsWith("buildx create"));
    }

    [Test]
    public async Task Ours_is_changed_to_what_is_asked_and_keeps_its_cache()
    {
        await EnsureAsync("memory=2g");
        await EnsureAsync("memory=4g");
        Assert.That(docker.Builders["ci"].Nodes.Single().DriverOpts["memory"], Is.EqualTo("4g"));
        Assert.That(docker.Calls, Has.Some.EqualTo("buildx rm --keep-state ci"));
        Assert.That(sink.Messages, Has.Some.Contains("it has memory=2g and not 4g"));
    }

    [Test]
    public void A_users_own_is_left_alone_and_the_difference_is_told()
    {
        docker.Builders["ci"] = new StubBuilder("ci", "docker-container") { Nodes = { new StubNode("ci0", "unix:///d", [], [], []) } };
        var refusal = Refusal(() => EnsureAsync("memory=4g")).Single();
        Assert.That(refusal.Code, Is.EqualTo("BK1010"));
        Assert.That(refusal.Message, Does.Contain("it has no memory=4g"));
        Assert.That(docker.CallsOf("buildx rm").Concat(docker.CallsOf("buildx create")), Is.Empty);
    }

    [Test]
    public async Task A_missing_node_of_a_builder_that_was_left_half_created_is_made()
    {
        var request = Request with { Nodes = [Item("a", ("Endpoint", "tcp://a:1")), Item("b", ("Endpoint", "tcp://b:1"))] };
        docker.Builders["buildkit-tasks"] = new StubBuilder("buildkit-tasks", "remote") { Nodes = { new StubNode("a", "tcp://a:1", [], [], []) } };
        await new BuilderProvisioner(docker, sink).EnsureAsync("buildkit-tasks", Read(request, BuilderDriver.Remote, "buildkit-tasks"), request,
            default);
        Assert.That(docker.Builders["buildkit-tasks"].Nodes.Select(node => node.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Ours_that_does_not_start_is_made_anew()
    {
        await EnsureAsync("memory=2g");
        docker.Builders["ci"].Status = "inactive";
        docker.BootstrapFailures = 1;
        await EnsureAsync("memory=2g");
        Assert.That(docker.Builders["ci"].Status, Is.EqualTo("running"));
        Assert.That(docker.Calls, Has.Some.EqualTo("buildx rm --force ci"));
    }

    [Test]
    public void What_does_not_start_when_new_is_reported_and_leaves_no_builder()
    {
        docker.BootstrapFailures = 9;
        Assert.That(Refusal(() => EnsureAsync("memory=2g")).Single().Message,
            Does.StartWith("The builder \"ci\" (docker-container driver) did not start: container is restarting")
                .And.EndsWith("The builder was removed again; the next build creates it.").And.Not.Contain("image"));
        Assert.That(docker.Builders, Does.Not.ContainKey("ci"));
    }

    [Test]
    public async Task What_was_there_before_stays_when_it_does_not_start()
    {
        await EnsureAsync("memory=2g");
        docker.Builders["ci"].Status = "inactive";
        docker.BootstrapFailures = 9;
        Assert.That(Refusal(() => EnsureAsync("memory=2g")).Single().Message, Does.EndWith("remove it (\"docker buildx rm ci\") and build again."));
        Assert.That(docker.Builders, Contains.Key("ci"));
    }

    [TestCase("pulling image moby/buildkit:buildx-stable-1: no such host", true)]
    [TestCase("container is restarting", false)]
    public void An_image_that_cannot_be_pulled_may_be_another(string reason, bool named) => Assert.That(
        EngineDiagnostics.StartRemedy("ci", reason, removed: true).Contains("<BuildKitDriverOption Include=\"image\"", StringComparison.Ordinal),
        Is.EqualTo(named));

    [Test]
    public async Task Eight_at_once_create_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnsureAsync("memory=2g")));
        Assert.That(docker.CallsOf("buildx create").Count(), Is.EqualTo(1));
        Assert.That(docker.CallsOf("buildx inspect").Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_builder_that_is_missing_without_a_driver_is_named_with_those_there_are()
    {
        docker.Builders["team"] = new StubBuilder("team", "remote");
        var refusal = Refusal(() => new BuilderProvisioner(docker, sink).EnsureAsync("taem", null, Request, default)).Single();
        Assert.That(refusal.Code, Is.EqualTo("BK1007"));
        Assert.That(refusal.Message, Does.Contain("\"taem\" (there are: team)"));
    }

    private Task<ListedBuilder> EnsureAsync(params string[] options)
    {
        var request = Request with { DriverOptions = options };
        return new BuilderProvisioner(docker, sink).EnsureAsync("ci", Read(request, BuilderDriver.DockerContainer), request, default);
    }
}
