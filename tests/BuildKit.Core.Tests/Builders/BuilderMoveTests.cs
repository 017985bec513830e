using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

[NonParallelizable] // The lock is one for the whole machine.
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderMoveTests : IDisposable
{
    private TestFolder folder = null!;
    private StubServer engine = null!;
    private StubDocker docker = null!;
    private ListSink sink = null!;
    private string version = "28.5.2";
    private string store = "overlay2";

    [SetUp]
    public void StartEngine()
    {
        folder = new TestFolder();
        (docker, sink, version, store) = (new StubDocker(), new ListSink(), "28.5.2", "overlay2");
        engine = StubServer.Engine(folder.Full("d.sock"), request => new StubAnswer(200, request.Path.Contains("version", StringComparison.Ordinal)
            ? $$"""{"Version":"{{version}}"}"""
            : $$"""{"Driver":"{{store}}","DriverStatus":[["driver-type","{{(store == "overlay2" ? "" : "io.containerd.snapshotter.v1")}}"]],"RegistryConfig":{"InsecureRegistryCIDRs":["127.0.0.0/8"],"IndexConfigs":{"known:5000":{"Secure":false} } } }"""));
    }

    public void Dispose()
    {
        engine.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task The_engine_itself_is_the_builder_when_nothing_is_asked()
    {
        var builder = await SelectAsync(Request);
        Assert.That((builder.Driver, builder.Name, builder.EngineVersion, builder.ContainerdStore),
            Is.EqualTo((BuilderDriver.Docker, "", "28.5.2", false)));
        Assert.That(docker.Calls, Is.EqualTo(new[] { "buildx version" }));
    }

    [TestCase(BuilderNeed.Platforms,
        "several platforms"), TestCase(BuilderNeed.Attestations, "attestations"), TestCase(BuilderNeed.OciArchive, "an OCI archive")]
    public async Task A_build_that_needs_more_moves_to_a_builder_of_ours(BuilderNeed need, string words)
    {
        var builder = await SelectAsync(Request with { Needs = [need] });
        Assert.That((builder.Driver, builder.Name), Is.EqualTo((BuilderDriver.DockerContainer, "buildkit-tasks")));
        Assert.That(sink.Diagnostics.Single().Code, Is.EqualTo("BK1032"));
        Assert.That(sink.Diagnostics.Single().Message, Does.Contain(words));
    }

    [Test]
    public async Task It_stays_where_the_store_can()
    {
        store = "overlayfs";
        Assert.That((await SelectAsync(Request with { Needs = [BuilderNeed.Platforms] })).Driver, Is.EqualTo(BuilderDriver.Docker));
    }

    [TestCase("default", null, null), TestCase("", "docker", null), TestCase("", null, "default")]
    public void It_fails_before_it_starts_where_a_builder_was_chosen(string name, string? driver, string? variable)
    {
        var request = Request with { Name = name, Driver = driver is null ? null : BuilderDriver.Docker, Needs = [BuilderNeed.Platforms] };
        var refusal = Refusal(() => SelectAsync(request, variable)).Single();
        Assert.That(refusal.Code, Is.EqualTo("BK1011"));
        Assert.That(refusal.Message, Does.Contain("BuildKitDriver=docker-container"));
        Assert.That(docker.Builders, Is.Empty);
    }

    [Test]
    public void An_endpoint_without_a_driver_is_a_remote_builder() =>
        Assert.That(Refusal(() => SelectAsync(Request with { Name = "team", Endpoint = "tcp://127.0.0.1:1" })).Single().Code, Is.EqualTo("BK1021"));

    [Test]
    public void A_users_remote_builder_that_is_gone_is_known_before_buildx_waits_for_it()
    {
        docker.Builders["team"] = new StubBuilder("team", "remote") { Nodes = { new StubNode("team0", "tcp://127.0.0.1:1", [], [], []) } };
        Assert.That(Refusal(() => SelectAsync(Request with { Name = "team" })).Single().Code, Is.EqualTo("BK1021"));
        Assert.That(docker.CallsOf("buildx inspect"), Is.Empty);
    }

    [TestCase("18.06.1-ce", "it has no BuildKit at all"), TestCase("20.10.24+dfsg1", "lacks named contexts")]
    public void An_old_engine_is_told_with_what_it_lacks(string old, string words)
    {
        version = old;
        var refusal = Refusal(() => SelectAsync(Request)).Single();
        Assert.That((refusal.Code, refusal.Message.Contains(words, StringComparison.Ordinal)), Is.EqualTo(("BK1005", true)));
    }

    [Test]
    public async Task Registries_of_the_engine_get_a_word_about_its_configuration()
    {
        await SelectAsync(Request with
        {
            Registries = [Item("new:5000", ("Http", "true")), Item("known:5000", ("Http", "true")), Item("docker.io", ("Mirrors", "m.example.com"))],
        });
        Assert.That(sink.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "BK1031", "BK1031" }));
        Assert.That(sink.Diagnostics[0].Message, Does.Contain("\"insecure-registries\": [\"new:5000\"] in daemon.json"));
        Assert.That(sink.Diagnostics[1].Message, Does.Contain("\"registry-mirrors\": [\"https://m.example.com\"]"));
    }

    private Task<Builder> SelectAsync(BuilderRequest request, string? variable = null) =>
        new BuilderSelector(docker, new(Environment(variable)), sink).SelectAsync(request, default);

    private Dictionary<string, string> Environment(string? variable)
    {
        var environment = new Dictionary<string, string>
        {
            ["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock")),
            ["DOCKER_CONFIG"] = folder.Path,
        };
        if (variable is not null)
        {
            environment["BUILDX_BUILDER"] = variable;
        }

        return environment;
    }
}
