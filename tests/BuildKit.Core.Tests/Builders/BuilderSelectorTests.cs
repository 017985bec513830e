using System.Net.Sockets;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Builders;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderSelectorTests : IDisposable
{
    private const string Buildx = "github.com/docker/buildx v0.29.1 28f6246";

    private readonly Http.TestFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly FakeDocker docker = new FakeDocker().On("buildx version", Buildx);
    private string version = """{"Version":"28.5.2+dfsg4"}""";
    private string info = """{"DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}""";

    public BuilderSelectorTests()
    {
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Path + "/e.sock");
        environment["DOCKER_CONFIG"] = folder.Path;
    }

    private BuilderRequest Request => new() { WorkingDirectory = folder.Path, Location = new SourceLocation("/p.csproj") };

    public void Dispose() => folder.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task Without_a_wish_it_is_the_engines_own_builder(bool containerd)
    {
        info = containerd ? info : """{"DriverStatus":[["Backing Filesystem","extfs"]]}""";
        using var engine = Engine();
        var builder = await SelectAsync(Request);
        Assert.That((builder.Name, builder.Driver, builder.ContainerdStore, builder.EngineVersion, builder.BuildxVersion, builder.Endpoint),
            Is.EqualTo(("", BuilderDriver.Docker, containerd, "28.5.2+dfsg4", "0.29.1", environment["DOCKER_HOST"])));
        Assert.That(docker.Commands, Is.EqualTo(new[] { "buildx version" }));
    }

    [TestCase("BUILDX_BUILDER", "mine")]
    [TestCase("current file", "mine")]
    public async Task What_was_chosen_for_docker_counts(string how, string name)
    {
        if (how == "BUILDX_BUILDER")
        {
            environment[how] = name;
        }
        else
        {
            folder.Write("buildx/current", """{"Key":"unix:///x","Name":"mine","Global":false}""");
        }

        docker.On("buildx ls", """{"Driver":"docker-container","Name":"mine","Nodes":[{"Endpoint":"unix:///x","Status":"running"}]}""");
        var builder = await SelectAsync(Request);
        Assert.That((builder.Name, builder.Driver, builder.Endpoint), Is.EqualTo((name, BuilderDriver.DockerContainer, "unix:///x")));
    }

    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("{\"Name\":null}")]
    [TestCase("{\"Name\":1}")]
    public async Task A_broken_selection_of_buildx_is_none(string text)
    {
        folder.Write("buildx/current", text);
        using var engine = Engine();
        Assert.That((await SelectAsync(Request)).Name, Is.Empty);
    }

    [Test]
    public async Task A_named_builder_comes_before_the_environments()
    {
        environment["BUILDX_BUILDER"] = "other";
        docker.On("buildx ls", """{"Driver":"remote","Name":"named","Nodes":[{"Status":"running"}]}""");
        Assert.That((await SelectAsync(Request with { Name = "named" })).Driver, Is.EqualTo(BuilderDriver.Remote));
    }

    [Test]
    public async Task The_driver_docker_is_the_builder_default()
    {
        using var engine = Engine();
        environment["BUILDX_BUILDER"] = "other";
        Assert.That((await SelectAsync(Request with { Driver = BuilderDriver.Docker })).Name, Is.EqualTo("default"));
    }

    [Test]
    public async Task A_driver_alone_means_our_own_builder()
    {
        using var engine = Engine();
        docker.On("buildx ls", """{"Driver":"docker-container","Name":"buildkit-tasks","Nodes":[{"Status":"running"}]}""");
        Assert.That((await SelectAsync(Request with { Driver = BuilderDriver.DockerContainer })).Name, Is.EqualTo("buildkit-tasks"));
    }

    [Test]
    public async Task A_named_builder_that_does_not_answer_is_BK1008()
    {
        docker.On("buildx ls", BuilderListTests.Unreachable).On("buildx inspect", "Name: far\nError: connection refused");
        Assert.That((await FailAsync(Request with { Name = "far" })).Code, Is.EqualTo("BK1008"));
    }

    [Test]
    public async Task An_engine_that_is_not_there_is_BK1003_at_the_project()
    {
        var diagnostic = await FailAsync(Request);
        Assert.That((diagnostic.Code, diagnostic.Location!.File), Is.EqualTo(("BK1003", "/p.csproj")));
        Assert.That(diagnostic.Message, Does.Contain("/usr/bin/docker").And.Contain(environment["DOCKER_HOST"]));
    }

    [Test]
    public async Task An_engine_that_is_not_there_is_told_before_a_container_is_tried() =>
        Assert.That((await FailAsync(Request with { Driver = BuilderDriver.DockerContainer })).Code, Is.EqualTo("BK1003"));

    [TestCase("20.10.24", "named contexts")]
    [TestCase("18.06.3-ce", "no BuildKit at all")]
    public async Task An_old_engine_is_BK1005(string number, string why)
    {
        version = $$"""{"Version":"{{number}}"}""";
        using var engine = Engine();
        var diagnostic = await FailAsync(Request);
        Assert.That(diagnostic.Code, Is.EqualTo("BK1005"));
        Assert.That(diagnostic.Message, Does.Contain(number).And.Contain(why));
    }

    [Test]
    public async Task An_old_engine_may_run_a_builder_of_our_own()
    {
        version = """{"Version":"20.10.24"}""";
        using var engine = Engine();
        docker.On("buildx ls", """{"Driver":"docker-container","Name":"buildkit-tasks","Nodes":[{"Status":"running"}]}""");
        Assert.That((await SelectAsync(Request with { Driver = BuilderDriver.DockerContainer })).Driver, Is.EqualTo(BuilderDriver.DockerContainer));
    }

    [TestCase("23.0.0")]
    [TestCase("dev")]
    public async Task The_oldest_engine_and_one_without_a_number_will_do(string number)
    {
        version = $$"""{"Version":"{{number}}"}""";
        using var engine = Engine();
        Assert.That((await SelectAsync(Request)).EngineVersion, Is.EqualTo(number));
    }

    [Test]
    public async Task Podman_behind_the_socket_is_BK1009()
    {
        version = """{"Version":"5.4.0","Components":[{"Name":"Podman Engine"}]}""";
        using var engine = Engine();
        var diagnostic = await FailAsync(Request);
        Assert.That(diagnostic.Code, Is.EqualTo("BK1009"));
        Assert.That(diagnostic.Message, Does.Contain("Podman 5.4.0"));
    }

    [Test]
    public async Task An_engine_behind_ssh_is_asked_by_dockers_command_line()
    {
        environment["DOCKER_HOST"] = "ssh://builder@far";
        docker.On("info", """{"ServerVersion":"27.0.1","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}""");
        docker.On("version", """{"Components":[{"Name":"Engine"}]}""");
        var builder = await SelectAsync(Request);
        Assert.That((builder.EngineVersion, builder.ContainerdStore), Is.EqualTo(("27.0.1", true)));
        Assert.That(docker.Commands, Has.Some.EqualTo("info --format {{json .}}"));
    }

    [TestCase("20.10.24", """{"Components":[{"Name":"Engine"}]}""", "BK1005")]
    [TestCase("5.4.0", """{"Components":[{"Name":"Podman Engine"}]}""", "BK1009")]
    public async Task An_engine_behind_ssh_is_looked_at_as_well(string number, string server, string code)
    {
        environment["DOCKER_HOST"] = "ssh://builder@far";
        docker.On("info", $$"""{"ServerVersion":"{{number}}"}""");
        docker.On("version", server);
        var diagnostic = await FailAsync(Request);
        Assert.That(diagnostic.Code, Is.EqualTo(code));
        Assert.That(diagnostic.Message, Does.Contain(number).And.Contain("ssh://builder@far"));
    }

    // By the runtime's code for EACCES: root, which tests may run as, may use every socket.
    [Test]
    public void A_socket_that_may_not_be_used_is_BK1004()
    {
        var endpoint = EngineEndpoint.Find(new(environment));
        var failure = EngineException.From(new HttpRequestException("x", new SocketException((int)SocketError.AccessDenied)), endpoint);
        var diagnostic = new EngineProbe(docker.Cli).Explain(failure, endpoint, Request);
        Assert.That((diagnostic.Code, diagnostic.Location), Is.EqualTo(("BK1004", Request.Location)));
        Assert.That(diagnostic.Message, Does.Contain(endpoint.Address));
    }

    [Test]
    public async Task An_engine_behind_ssh_that_does_not_answer_is_BK1003_with_the_reason()
    {
        environment["DOCKER_HOST"] = "ssh://builder@far";
        docker.On("info", "{\"ServerVersion\":\"\"}", 1, "\nssh: connect to host far port 22: Connection refused");
        var diagnostic = await FailAsync(Request);
        Assert.That(diagnostic.Code, Is.EqualTo("BK1003"));
        Assert.That(diagnostic.Message, Does.Contain("port 22: Connection refused"));
    }

    private Task<Builder> SelectAsync(BuilderRequest request) =>
        new BuilderSelector(docker.Cli, new(environment), new RecordingSink()).SelectAsync(request, default);

    private async Task<Diagnostic> FailAsync(BuilderRequest request) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => SelectAsync(request)))!.Diagnostics.Single();

    private StubServer Engine() => StubServer.Engine(folder.Path + "/e.sock", request =>
        request.Path.EndsWith("/version", StringComparison.Ordinal) ? new(200, version)
        : request.Path.EndsWith("/info", StringComparison.Ordinal) ? new(200, info) : new(404));
}
