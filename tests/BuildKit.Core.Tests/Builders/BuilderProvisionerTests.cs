using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Builders;

// One at a time: they share the lock of this machine, as builds do.
[NonParallelizable]
public sealed class BuilderProvisionerTests
{
    private const string Running =
        """{"Driver":"docker-container","Name":"ours","Nodes":[{"Name":"ours0","Endpoint":"unix:///s","Status":"running"}]}""";

    private static readonly BuilderRequest Wanted = new()
    {
        Driver = BuilderDriver.DockerContainer,
        WorkingDirectory = "/src/shop",
        Location = new SourceLocation("/src/shop/shop.csproj"),
    };

    [Test]
    public async Task A_builder_that_runs_is_taken_as_it_is()
    {
        var docker = new FakeDocker().On("buildx ls", Running);
        var found = await EnsureAsync(docker, Wanted);
        Assert.That(found.Name, Is.EqualTo("ours"));
        Assert.That(docker.Commands, Is.EqualTo(new[] { "buildx ls --format json" }));
    }

    [Test]
    public async Task A_missing_builder_is_created_and_then_started()
    {
        var there = false;
        var docker = new FakeDocker().On("buildx ls", () => new(0, there ? Running : BuilderListTests.Default, ""))
            .On("buildx create", "ours").On("buildx inspect", () =>
            {
                there = true;
                return new DockerAnswer(0, "Name: ours\nStatus: running", "");
            });
        using var folder = new TestFolder();
        var file = folder.Write("buildkitd.toml", "debug = true\n");
        await EnsureAsync(docker, Wanted with { DriverOptions = ["network=host", "env.A=b,c"], ConfigFile = file });
        var hash = DaemonConfiguration.Of(file, []).Hash;
        Assert.That(docker.Commands.Where(command => command != "buildx ls --format json"), Is.EqualTo(new[]
        {
            $"buildx create --name ours --driver docker-container --driver-opt \"env.A=b,c\" --driver-opt network=host --driver-opt "
                + $"env.BUILDKIT_TASKS={hash} --buildkitd-config {file}",
            "buildx inspect --bootstrap ours",
        }));
        Assert.That(docker.Commands, Has.None.Contains("--use"));
        Assert.That(docker.Folders, Is.EquivalentTo(new[] { "/src/shop" }));
    }

    [Test]
    public async Task A_builder_whose_image_takes_long_to_pull_is_looked_at_once_more()
    {
        var looks = 0;
        var docker = new FakeDocker().On("buildx ls", () => new(0, looks > 1 ? Running : "", "")).On("buildx create", "ours")
            .On("buildx inspect",
                () => ++looks == 1 ? new(0, "Name: ours\nError: Get \"http://x/json\": context deadline exceeded", "") : new(0, "Name: ours", ""));
        Assert.That((await EnsureAsync(docker, Wanted)).IsRunning, Is.True);
        Assert.That(docker.Commands.Count(command => command.StartsWith("buildx create", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_remote_builder_is_created_with_its_endpoint_last()
    {
        var there = false;
        var docker = new FakeDocker().On("buildx ls",
            () => new(0, there ? Running.Replace("docker-container", "remote", StringComparison.Ordinal) : "", ""))
            .On("buildx create", "ours").On("buildx inspect", () =>
            {
                there = true;
                return new DockerAnswer(0, "", "");
            });
        await EnsureAsync(docker, Wanted with { Driver = BuilderDriver.Remote, Endpoint = "tcp://b:1234" });
        Assert.That(docker.Commands, Has.Some.EqualTo("buildx create --name ours --driver remote tcp://b:1234"));
        Assert.That(docker.Commands, Has.None.Contains("--use"));
    }

    [Test]
    public async Task A_stopped_builder_is_started_and_not_created()
    {
        var there = false;
        var docker = new FakeDocker().On("buildx ls", () => new(0, there ? Running : BuilderListTests.Stopped, "")).On("buildx inspect", () =>
        {
            there = true;
            return new DockerAnswer(0, "", "");
        });
        await EnsureAsync(docker, Wanted with { Driver = null });
        Assert.That(docker.Commands, Has.None.Contains("create"));
        Assert.That(docker.Commands, Has.Some.EqualTo("buildx inspect --bootstrap ours"));
    }

    [Test]
    public async Task A_builder_that_another_build_made_meanwhile_is_taken()
    {
        var calls = 0;
        var docker = new FakeDocker().On("buildx ls", () => new(0, ++calls == 1 ? "" : Running, ""));
        Assert.That((await EnsureAsync(docker, Wanted)).IsRunning, Is.True);
        Assert.That(docker.Commands, Has.All.EqualTo("buildx ls --format json"));
    }

    [Test]
    public async Task A_builder_that_another_program_made_meanwhile_is_no_failure()
    {
        var there = false;
        var docker = new FakeDocker().On("buildx ls", () => new(0, there ? Running : "", ""))
            .On("buildx create", "", 1,
                "ERROR: existing instance for \"ours\" but no append mode, specify the node name to make changes for existing instances")
            .On("buildx inspect", () =>
            {
                there = true;
                return new DockerAnswer(0, "", "");
            });
        Assert.That((await EnsureAsync(docker, Wanted)).Name, Is.EqualTo("ours"));
    }

    [Test]
    public async Task A_builder_that_is_missing_and_has_no_driver_is_BK1007_with_those_that_are_there()
    {
        foreach (var driver in new BuilderDriver?[] { null, BuilderDriver.Docker })
        {
            var diagnostic = await FailAsync(new FakeDocker().On("buildx ls",
                BuilderListTests.Default + "\n" + BuilderListTests.Stopped.Replace("ours", "other", StringComparison.Ordinal)),
                Wanted with { Driver = driver });
            Assert.That(diagnostic.Code, Is.EqualTo("BK1007"));
            Assert.That(diagnostic.Message, Does.Contain("(there are: default, other)"));
            Assert.That(diagnostic.Location, Is.EqualTo(Wanted.Location));
        }
    }

    [Test]
    public async Task A_builder_of_another_driver_is_BK1010_and_left_alone()
    {
        var docker = new FakeDocker().On("buildx ls", Running);
        var diagnostic = await FailAsync(docker, Wanted with { Driver = BuilderDriver.Kubernetes });
        Assert.That((diagnostic.Code, diagnostic.Location), Is.EqualTo(("BK1010", Wanted.Location)));
        Assert.That(docker.Commands, Has.All.EqualTo("buildx ls --format json"));
    }

    [TestCase(1, "", "ERROR: failed to pull moby/buildkit", "failed to pull moby/buildkit")]
    [TestCase(0, "Name: ours\nError: no route to host\nx", "", "no route to host")]
    [TestCase(1, "", "", "no reason given")]
    public async Task A_builder_that_does_not_start_is_BK1008(int exitCode, string output, string error, string reason)
    {
        var docker = new FakeDocker().On("buildx ls", BuilderListTests.Stopped).On("buildx inspect", output, exitCode, error);
        var diagnostic = await FailAsync(docker, Wanted);
        Assert.That(diagnostic.Code, Is.EqualTo("BK1008"));
        Assert.That(diagnostic.Message, Does.Contain(reason).And.Not.Contain("ERROR:"));
    }

    [Test]
    public async Task A_builder_that_is_gone_after_its_start_is_BK1008()
    {
        var docker = new FakeDocker().On("buildx ls", "").On("buildx create", "").On("buildx inspect", "");
        Assert.That((await FailAsync(docker, Wanted)).Code, Is.EqualTo("BK1008"));
    }

    [Test]
    public async Task A_builder_that_cannot_be_created_is_BK1014_and_is_not_started()
    {
        var docker = new FakeDocker().On("buildx ls", "")
            .On("buildx create", "", 1, "ERROR: invalid driver option bogus for docker-container driver\n");
        var diagnostic = await FailAsync(docker, Wanted);
        Assert.That(diagnostic.Code, Is.EqualTo("BK1014"));
        Assert.That(diagnostic.Message, Does.Contain("could not be created: invalid driver option bogus"));
        Assert.That(docker.Commands, Has.None.Contains("inspect"));
    }

    private static Task<ListedBuilder> EnsureAsync(FakeDocker docker, BuilderRequest request) =>
        new BuilderProvisioner(docker.Cli, new RecordingSink()).EnsureAsync(
            "ours", request.Driver is null or BuilderDriver.Docker ? null : new BuilderDefinitionReader(request).Read("ours", request.Driver.Value),
            request, default);

    private static async Task<Diagnostic> FailAsync(FakeDocker docker, BuilderRequest request) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => EnsureAsync(docker, request)))!.Diagnostics.Single();
}
