using System.Text.Json;
using BuildKit.Core.Bakes;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;
using Moq;

namespace BuildKit.Core.Tests.Builds;

/// <summary>A build, a round of a bake and a check run buildx by the same rules.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildxRunTests : IDisposable
{
    private const string Digest = """{"containerimage.digest":"sha256:d"}""";

    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();
    private readonly Mock<IDockerCli> cli = new();
    private readonly List<(DockerCommand Command, string Login, bool HadMetadata)> calls = [];
    private readonly BuildEnvironment environment;
    private readonly Builder builder = TestRequests.Container with { BuildxPath = "/plugins/docker-buildx" };

    public BuildxRunTests()
    {
        environment = new BuildEnvironment
        {
            ["DOCKER_CONFIG"] = folder.Make("docker"),
            ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann",
            ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "hush",
        };
        folder.Write("Dockerfile", "FROM scratch\n");
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .ReturnsAsync((DockerCommand command, Action<string> onOutput, Action<string> _, ProcessCancellation _) => Answer(command, onOutput));
    }

    public void Dispose() => folder.Dispose();

    [TestCase("build")]
    [TestCase("bake")]
    [TestCase("check")]
    public async Task Whatever_runs_buildx_runs_it_itself_with_the_same_variables(string what)
    {
        await RunAsync(what);
        var command = calls.Single().Command;
        Assert.Multiple(() =>
        {
            Assert.That(command.PluginPath, Is.EqualTo("/plugins/docker-buildx"));
            Assert.That(command.WorkingDirectory, Is.EqualTo(folder.Path));
            Assert.That(command.Environment["BUILDX_METADATA_PROVENANCE"], Is.EqualTo("disabled"));
            Assert.That(sink.Messages.Select(message => (message.Level, message.Text)),
                Does.Contain((MessageLevel.Detail, "docker " + string.Join(' ', command.Arguments))));
        });
    }

    [TestCase("build", true)]
    [TestCase("bake", true)]
    [TestCase("check", false)]
    public async Task Whatever_pushes_has_the_login_of_the_SDKs_variables_for_its_time(string what, bool pushes)
    {
        await RunAsync(what);
        var (command, login, _) = calls.Single();
        Assert.That(login.Contains("127.0.0.1:1", StringComparison.Ordinal), Is.EqualTo(pushes), login);
        Assert.That(command.Environment.ContainsKey("DOCKER_CONFIG"), Is.EqualTo(pushes));
        Assert.That(pushes && Directory.Exists(command.Environment["DOCKER_CONFIG"]), Is.False, "it goes with the run");
    }

    [TestCase("build")]
    [TestCase("bake")]
    [TestCase("check")]
    public async Task Whatever_runs_buildx_removes_the_logins_of_builds_that_were_killed(string what)
    {
        var left = Directory.CreateTempSubdirectory("buildkit-tasks-private-").FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        await RunAsync(what);
        Assert.That(Directory.Exists(left), Is.False);
    }

    [Test]
    public async Task Metadata_of_an_earlier_run_does_not_pass_for_this_ones()
    {
        folder.Write("bake.metadata.json", Digest);
        await RunAsync("bake");
        Assert.That(calls.Single().HadMetadata, Is.False);
    }

    private int Answer(DockerCommand command, Action<string> onOutput)
    {
        var arguments = command.Arguments.ToList();
        var metadata = arguments.IndexOf("--metadata-file") is >= 0 and var at ? arguments[at + 1] : "";
        var login = command.Environment.TryGetValue("DOCKER_CONFIG", out var config) ? File.ReadAllText(Path.Combine(config!, "config.json")) : "";
        calls.Add((command, login, File.Exists(metadata)));
        if (metadata.Length > 0)
        {
            File.WriteAllText(metadata, arguments[1] == "bake" ? $$"""{"a":{{Digest}}}""" : Digest);
        }
        else
        {
            onOutput("""{"warnings":[],"sources":[]}""");
        }

        return 0;
    }

    private Task RunAsync(string what) => what switch { "build" => BuildAsync(), "bake" => BakeAsync(), _ => CheckAsync() };

    private BuildRequest Request => new()
    {
        Name = "a",
        ProjectFile = folder.Full("a.csproj"),
        IntermediateFolder = folder.Full("obj"),
        Dockerfile = folder.Full("Dockerfile"),
        Context = folder.Path,
        Tags = [new ImageReference("127.0.0.1:1", "a", "1")],
        Outputs = [new BuildOutput(OutputKind.Push)],
    };

    private async Task BuildAsync()
    {
        // What was pushed cannot be read back from a registry that does not exist.
        using var registries = new RegistryClients(environment, Registries.StubRegistry.Quick);
        await new BuildxBuild(cli.Object, environment, registries, sink).RunAsync(new PlannedBuild(Request, "fingerprint", "it is a test"), builder,
            default);
    }

    private async Task BakeAsync()
    {
        folder.Write("a.bake-target.json", JsonSerializer.Serialize(new { context = folder.Path, dockerfile = folder.Full("Dockerfile") }));
        var image = new BakeImage("a", folder.Full("a.csproj")) { References = ["127.0.0.1:1/a:1"] };
        var entries = BakeEntry.WithTargets([new BakeEntry(image, folder.Full("a"), builder) { Pushes = true }]);
        using var registries = new RegistryClients(environment);
        var file = folder.Full("bake.json");
        await new BakeRun(cli.Object, environment, registries, sink) { Name = "images", DefinitionFile = file, LeftFile = file, Folder = folder.Path }
            .RunAsync(entries, new BakeDefinition(entries), [], default);
    }

    private async Task CheckAsync()
    {
        var lint = new DockerfileLint(new LintSettings(LintLevel.Warn, [], false), new ProjectFacts(folder.Full("a.csproj"), "net10.0", "", false));
        await lint.OfBuildKitAsync(Request, builder, new BuildxRun(cli.Object, environment, sink)
        {
            StallLimit = TimeSpan.Zero,
            Registries = new RegistryClients(environment)
        }, default);
    }
}
