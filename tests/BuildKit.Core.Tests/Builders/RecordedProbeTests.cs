using BuildKit.Core.Builders;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordedProbeTests : IDisposable
{
    private TestFolder folder = null!;
    private StubServer? engine;
    private StubDocker docker = null!;

    private BuildEnvironment Environment =>
        new() { ["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock")), ["DOCKER_CONFIG"] = folder.Path };

    [SetUp]
    public void StartEngine()
    {
        (folder, docker) = (new TestFolder(), new StubDocker());
        engine = StubServer.Engine(folder.Full("d.sock"), request => new StubAnswer(200, """{"Version":"28.5.2"}"""));
    }

    public void Dispose()
    {
        engine?.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_second_build_starts_no_process()
    {
        var first = await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(1));
        var second = await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(1));
        Assert.That(second with { Platforms = [] }, Is.EqualTo(first with { Platforms = [] }));
    }

    [Test]
    public async Task It_probes_again_when_something_else_is_asked()
    {
        await SelectAsync();
        await SelectAsync(Request with { Name = "default" });
        Assert.That(docker.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_probes_again_when_a_program_was_replaced()
    {
        await SelectAsync();
        folder.Write("cli-plugins/" + DockerFolders.PluginName("buildx", HostSystems.Current), "another");
        await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_probes_again_after_a_failure()
    {
        await SelectAsync();
        ProbeRecord.Forget(folder.Full("record"));
        await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(2));
    }

    [TestCase(-31), TestCase(5)]
    public async Task It_probes_again_when_the_record_is_old_or_of_another_clock(int minutes)
    {
        await SelectAsync();
        File.SetLastWriteTimeUtc(folder.Full("record"), DateTime.UtcNow.AddMinutes(minutes));
        await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_probes_again_when_the_engine_is_gone_and_names_it()
    {
        await SelectAsync();
        engine!.Dispose();
        engine = null;
        Assert.That(Refusal(SelectAsync).Single().Code, Is.EqualTo("BK1003"));
    }

    [Test]
    public async Task It_probes_again_when_the_engine_takes_a_connection_and_does_not_answer()
    {
        await SelectAsync();
        engine!.Dispose();
        engine = StubServer.Engine(folder.Full("d.sock"), _ => null);
        Assert.That(Refusal(SelectAsync).Single().Code, Is.EqualTo("BK1003"));
    }

    [TestCase(""), TestCase("half a rec"), TestCase("buildkit-builder 1\nkey\n")]
    public async Task A_broken_record_is_none(string text)
    {
        folder.Write("record", text);
        await SelectAsync();
        Assert.That(docker.Calls, Has.Count.EqualTo(1));
    }

    private Task<Builder> SelectAsync() => SelectAsync(Request);

    private Task<Builder> SelectAsync(BuilderRequest asked)
    {
        return new RecordedProbe(docker, Environment, new ListSink()) { RecordFile = folder.Full("record") }
            .SelectAsync(asked, ProbeRecord.KeyOf(asked, docker.ProgramPath, Environment), default);
    }
}
