using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Progress;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;
using Moq;

namespace BuildKit.Core.Tests.Builds;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildxBuildTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();
    private readonly Mock<IDockerCli> cli = new();
    private readonly Dictionary<string, string> environment = new() { ["NPM_TOKEN"] = "t0p-secret-value" };

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task A_build_that_ends_well_gives_the_image_and_leaves_a_record()
    {
        var request = Request() with { CacheTo = [CacheReference.Registry("127.0.0.1:1/c:1")] };
        Answer(0, Recording.Lines("success"), """{"containerimage.digest":"sha256:d","containerimage.descriptor":{"mediaType":"m"}}""");

        var image = (await RunAsync(request))!;

        Assert.Multiple(() =>
        {
            Assert.That((image.Name, image.Digest, image.MediaType, image.References.Single()),
                Is.EqualTo(("shop", "sha256:d", "m", "r.example.com/shop:1")));
            Assert.That((image.StepsCached, image.StepsRun, image.ContextBytes), Is.EqualTo((2, 4, 1982763L)));
            Assert.That(image.SlowestStep, Does.Contain("sleep 2"));
            Assert.That(sink.Diagnostics, Is.Empty);
            Assert.That(sink.Messages.Count(message => message.Level == MessageLevel.Normal), Is.EqualTo(4), "a line for each step that ran");
        });
        var record = BuildRecord.Read(request.FileOf(".record.json"))!;
        Assert.That((record.Fingerprint, record.Image.Digest), Is.EqualTo(("fingerprint", "sha256:d")));
    }

    [Test]
    public async Task Docker_is_called_in_the_projects_folder_with_short_metadata()
    {
        DockerCommand? seen = null;
        Answer(0, [], "{}", command => seen = command);
        await RunAsync(Request());
        Assert.That(seen!.WorkingDirectory, Is.EqualTo(folder.Path));
        Assert.That(seen.Environment, Is.EqualTo(new Dictionary<string, string?> { ["BUILDX_METADATA_PROVENANCE"] = "disabled" }));
        Assert.That(seen.Arguments,
            Is.EqualTo(BuildxCommandLine.Of(Request(), BuildSource.Of(Request()), TestRequests.Container,
                seen.Arguments.Single(argument => argument.EndsWith(".metadata.json", StringComparison.Ordinal)))));
    }

    [Test]
    public async Task A_build_that_fails_gives_the_line_of_the_Dockerfile_and_no_record()
    {
        var request = Request(OutputKind.OciArchive, "a.tar");
        Answer(1, Recording.Lines("failed-run"), metadata: null);
        Assert.That(await RunAsync(request), Is.Null);
        var diagnostic = sink.Diagnostics.Single();
        Assert.That((diagnostic.Code, diagnostic.Location!.File, diagnostic.Location.Line), Is.EqualTo(("BK3101", request.Dockerfile, 4)));
        Assert.That(File.Exists(request.FileOf(".record.json")), Is.False);
        Assert.That(Directory.GetFiles(folder.Path, "a.tar*"), Is.Empty);
    }

    [Test]
    public async Task A_failure_without_a_line_is_shown_at_the_project()
    {
        Answer(1, ["ERROR: failed to build: something nobody knows"], metadata: null);
        Assert.That(await RunAsync(Request()), Is.Null);
        Assert.That((sink.Diagnostics.Single().Code, sink.Diagnostics[0].Location),
            Is.EqualTo(("BK1099", new SourceLocation(Request().ProjectFile))));
    }

    [Test]
    public async Task A_build_that_is_cancelled_says_nothing_and_leaves_nothing()
    {
        using var graceful = new CancellationTokenSource();
        var request = Request(OutputKind.OciArchive, "a.tar");
        Answer(1, Recording.Lines("canceled-INT"), metadata: null, _ => graceful.Cancel());
        Assert.That(await RunAsync(request, cancellation: new(graceful.Token, default)), Is.Null);
        Assert.That(sink.Diagnostics, Is.Empty);
        Assert.That(Directory.GetFiles(folder.Path, "a.tar*"), Is.Empty);
    }

    [Test]
    public async Task A_build_that_is_killed_says_nothing_and_leaves_nothing()
    {
        var request = Request(OutputKind.OciArchive, "a.tar");
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .ThrowsAsync(new OperationCanceledException());
        Assert.That(await RunAsync(request), Is.Null);
        Assert.That(sink.Diagnostics, Is.Empty);
        Assert.That(Directory.GetFiles(folder.Path, "a.tar*"), Is.Empty);
    }

    [TestCase(null)]
    [TestCase("{}")]
    [TestCase("{")]
    public async Task A_build_without_a_digest_is_BK5005(string? metadata)
    {
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Path + "/none.sock");
        Answer(0, [], metadata);
        Assert.That(await RunAsync(Request(OutputKind.Load)), Is.Null);
        Assert.That(sink.Codes, Is.EqualTo(new[] { "BK5005" }));
    }

    [Test]
    public async Task The_metadata_of_an_earlier_build_is_not_believed()
    {
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Path + "/none.sock");
        var request = Request(OutputKind.Load);
        Answer(0, [], """{"containerimage.digest":"sha256:old"}""");
        Assert.That((await RunAsync(request))?.Digest, Is.EqualTo("sha256:old"));
        Answer(0, [], metadata: null);
        Assert.That(await RunAsync(request), Is.Null);
        Assert.That(sink.Codes.Last(), Is.EqualTo("BK5005"));
    }

    [Test]
    public async Task An_engine_that_tells_nothing_afterwards_is_a_message_and_no_failure()
    {
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Path + "/none.sock");
        Answer(0, [], """{"containerimage.digest":"sha256:d"}""");
        Assert.That((await RunAsync(Request(OutputKind.Load)))!.Digest, Is.EqualTo("sha256:d"));
        Assert.That(sink.Codes, Is.EqualTo(new[] { "BK5007" }));
    }

    private const string Unloaded = "type=image,unpack=false,store=false,oci-mediatypes=true";

    // id of what the engine has under the image's name: of the containerd store, of a graph driver, of another image, of a small one, none
    [TestCase("sha256:d", 10_000_000, Unloaded)]
    [TestCase("sha256:c", 10_000_000, Unloaded)]
    [TestCase("sha256:other", 10_000_000, Unloaded + "|type=docker,oci-mediatypes=true")]
    [TestCase("sha256:d", 9_999_999, "type=docker")]
    [TestCase("", 0, "type=docker")]
    public async Task What_the_engine_has_already_is_not_loaded_again(string id, int size, string outputs)
    {
        using var engine = StubServer.Engine(folder.Full("d.sock"),
            _ => id.Length == 0 ? new StubAnswer(404, "{}") : new StubAnswer(200, $$"""{"Id":"{{id}}","Size":{{size}}}"""));
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock"));
        var seen = new List<IReadOnlyList<string>>();
        Answer(0, [],
            """{"containerimage.digest":"sha256:d","containerimage.config.digest":"sha256:c","containerimage.descriptor":{"mediaType":"application/vnd.oci.image.manifest.v1+json"}}""", command => seen.Add(command.Arguments));
        Assert.That(await RunAsync(Request(OutputKind.Load) with { CacheTo = [CacheReference.Registry("r/c:1")] }), Is.Not.Null);
        Assert.That(string.Join('|', seen.Select(arguments => arguments[arguments.ToList().IndexOf("--output") + 1])), Is.EqualTo(outputs));
        Assert.That(seen.Count(arguments => arguments.Contains("--cache-to")), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_cache_nothing_is_built_twice()
    {
        using var engine = StubServer.Engine(folder.Full("d.sock"), _ => new StubAnswer(200, """{"Id":"sha256:d","Size":10000000}"""));
        environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock"));
        var runs = 0;
        Answer(0, [], """{"containerimage.digest":"sha256:d"}""", _ => runs++);
        Assert.That(await RunAsync(Request(OutputKind.Load) with { NoCache = true }), Is.Not.Null);
        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public async Task A_secret_that_a_step_prints_leaves_the_core_as_stars()
    {
        const string Vertex = "sha256:645190485eaac77fe0d347a9a471cb8180ca59ddb47601274408d2f70d23f3e8";
        var data = Convert.ToBase64String("the token is t0p-secret-value\n"u8);
        var key = folder.Write("key", "k3y-of-a-file");
        var request = Request() with { Secrets = [new("npm", "NPM_TOKEN", ""), new("key", "", key)] };
        Answer(1,
        [
            $$"""{"vertexes":[{"digest":"{{Vertex}}","name":"[2/2] RUN echo t0p-secret-value","started":"2026-11-24T02:44:48Z"}]}""",
            $$"""{"logs":[{"vertex":"{{Vertex}}","stream":1,"data":"{{data}}","timestamp":"2026-11-24T02:44:48Z"}]}""",
            $$"""{"vertexes":[{"digest":"{{Vertex}}","name":"[2/2] RUN echo t0p-secret-value","started":"2026-11-24T02:44:48Z","completed":"2026-11-24T02:44:49Z","error":"process \"/bin/sh -c echo k3y-of-a-file\" did not complete successfully: exit code: 1"}]}""",
            "ERROR: failed to build: failed to solve: process \"/bin/sh -c echo k3y-of-a-file\" did not complete successfully: exit code: 1",
        ], metadata: null);
        Assert.That(await RunAsync(request), Is.Null);
        Assert.That(sink.AllText, Does.Contain("the token is ***"));
        Assert.That(sink.Diagnostics, Is.Not.Empty);
        Assert.That(sink.AllText, Does.Not.Contain("t0p-secret-value").And.Not.Contain("k3y-of-a-file"));
    }

    [Test]
    public async Task Caches_that_were_not_read_or_written_do_not_fail_the_build()
    {
        Answer(0, Recording.Lines("auth-cache-to-ignore").Concat(Recording.Lines("missing-cache-from")), "{}");
        Assert.That(await RunAsync(Request() with { CacheTo = [CacheReference.Registry("r/c:1")] }), Is.Not.Null);
        Assert.That(sink.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EquivalentTo(new[]
        {
            ("BK4001", DiagnosticSeverity.Warning), ("BK4003", DiagnosticSeverity.Message),
        }));
        Assert.That(sink.AllText, Does.Contain("not written to r/c:1"));
    }

    [Test]
    public async Task An_archive_has_its_name_at_the_end()
    {
        var request = Request(OutputKind.OciArchive, "out/a.tar");
        Answer(0, [], "{}", _ => File.WriteAllText(BuildOutput.TemporaryPath(request.Outputs[0].Path), "tar"));
        var image = (await RunAsync(request))!;
        Assert.That(image.Files.Single(), Does.StartWith(request.Outputs[0].Path + "|3|"));
        Assert.That(Directory.GetFiles(folder.Full("out")), Is.EqualTo(new[] { request.Outputs[0].Path }));
    }

    [TestCase("several platforms")]
    [TestCase("attestations")]
    [TestCase("an OCI archive")]
    [TestCase("an archive while")]
    public void What_the_graph_driver_cannot_do_is_refused_before_docker_is_called(string what)
    {
        var request = what switch
        {
            "several platforms" => Request() with { Platforms = [new("linux", "amd64"), new("linux", "arm64")] },
            "attestations" => Request() with { Attestations = new("min", "") },
            "an OCI archive" => Request(OutputKind.OciArchive, "a.tar"),
            _ => Request(OutputKind.DockerArchive, "a.tar"),
        };
        var failure = Assert.ThrowsAsync<DiagnosticException>(() => RunAsync(request, TestRequests.GraphDriver)).Result!;
        Assert.That((failure.Diagnostics.Single().Code, failure.Diagnostics[0].Location!.File), Is.EqualTo(("BK1011", request.ProjectFile)));
        Assert.That(failure.Message, Does.Contain(what));
        cli.VerifyNoOtherCalls();
        BuilderAbilities.Check(request, TestRequests.ContainerdStore);
        BuilderAbilities.Check(request, TestRequests.Container);
    }

    private BuildRequest Request(OutputKind kind = OutputKind.CacheOnly, string path = "") =>
        TestRequests.In(folder, new BuildOutput(kind, path.Length > 0 ? folder.Full(path) : ""));

    private Task<BuiltImage?> RunAsync(BuildRequest request, Builder? builder = null, ProcessCancellation cancellation = default) =>
        new BuildxBuild(cli.Object, new(environment), new RegistryClients(new(environment)),
            sink).RunAsync(new PlannedBuild(request, "fingerprint", "it is a test"), builder ?? TestRequests.Container, cancellation);

    private void Answer(int exitCode, IEnumerable<string> lines, string? metadata, Action<DockerCommand>? meanwhile = null) =>
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .ReturnsAsync((DockerCommand command, Action<string> _, Action<string> onError, ProcessCancellation _) =>
            {
                lines.ToList().ForEach(onError);
                meanwhile?.Invoke(command);
                if (metadata is not null)
                {
                    File.WriteAllText(command.Arguments[command.Arguments.ToList().IndexOf("--metadata-file") + 1], metadata);
                }

                return exitCode;
            });
}
