using BuildKit.Core.CacheReferences;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.UpToDateChecks;

/// <summary>Every single input counts, and nothing else does.</summary>
public sealed class RequestFingerprintTests
{
    private static readonly Dictionary<string, Action<FingerprintInputs>> Counting = new()
    {
        ["dockerfile"] = i => i.Folder.Write("Dockerfile", "FROM scratch\nCOPY a /b\n"),
        ["context_file"] = i => i.Folder.Write("a", "2"),
        ["context_new_file"] = i => i.Folder.Write("b"),
        ["ignore_file"] = i => i.Folder.Write(".dockerignore", "lib\nother\n"),
        ["other_context"] = i => i.Change(r => r with { Context = i.Folder.Full("lib") }),
        ["target"] = i => i.Change(r => r with { TargetStage = "final" }),
        ["network"] = i => i.Change(r => r with { Network = "none" }),
        ["provenance"] = i => i.Change(r => r with { Attestations = new("min", "") }),
        ["sbom"] = i => i.Change(r => r with { Attestations = new("", "true") }),
        ["platform"] = i => i.Change(r => r with { Platforms = [new("linux", "arm64")] }),
        ["tag"] = i => i.Change(r => r with { Tags = [.. r.Tags, r.Tags[0] with { Tag = "2" }] }),
        ["label_value"] = i => i.Change(r => r with { Labels = [new("a", "2")] }),
        ["label_name"] = i => i.Change(r => r with { Labels = [new("b", "1")] }),
        ["argument"] = i => i.Change(r => r with { BuildArguments = [new("A", "2"), new("FROM_ENVIRONMENT", null)] }),
        ["argument_order"] = i => i.Change(r => r with { BuildArguments = [.. r.BuildArguments.Reverse()] }),
        ["argument_of_the_environment"] = i => i.Environment["FROM_ENVIRONMENT"] = "2",
        ["argument_of_the_environment_unset"] = i => i.Environment.Remove("FROM_ENVIRONMENT"),
        ["argument_of_the_environment_empty"] = i => i.Environment["FROM_ENVIRONMENT"] = "",
        ["secret"] = i => i.Change(r => r with { Secrets = [new("npm", "OTHER", "")] }),
        ["ssh"] = i => i.Change(r => r with { SshAgents = [new("default", "")] }),
        ["host"] = i => i.Change(r => r with { ExtraHosts = [new("db", "10.0.0.1")] }),
        ["format"] = i => i.Change(r => r with { ImageFormat = "OCI" }),
        ["option"] = i => i.Change(r => r with { Options = ["--shm-size=64m"] }),
        ["output"] = i => i.Change(r => r with { Outputs = [new(OutputKind.Load)] }),
        ["output_path"] = i => i.Change(r => r with { Outputs = [new(OutputKind.OciArchive, "/b.tar")] }),
        ["named_context_content"] = i => i.Folder.Write("lib/x", "2"),
        ["named_context_ignore_file"] = i => i.Folder.Write("lib/.dockerignore", "x\n"),
        ["named_context_name"] = i => i.Change(r => r with { NamedContexts = [new("lib2", r.NamedContexts[0].Source)] }),
        ["named_context_of_another_platform"] = i => i.Folder.Write("lib-arm/x", "2"),
        ["no_named_context"] = i => i.Change(r => r with { NamedContexts = [] }),
        ["source_date_epoch"] = i => i.Environment["SOURCE_DATE_EPOCH"] = "0",
        ["buildx_variable"] = i => i.Environment["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
        ["buildx_builder"] = i => i.Environment["BUILDX_BUILDER"] = "other",
        ["syntax"] = i => i.Environment["BUILDKIT_SYNTAX"] = "docker/dockerfile:1",
        ["default_platform"] = i => i.Environment["DOCKER_DEFAULT_PLATFORM"] = "linux/arm64",
        ["docker_host"] = i => i.Environment["DOCKER_HOST"] = "tcp://elsewhere:2375",
        ["setting"] = i => i.Settings = ["docker-container", "image=x"],
    };

    private static readonly Dictionary<string, Action<FingerprintInputs>> CountingForPublishedFiles = new()
    {
        ["file"] = i => i.Folder.Write("out/shop.dll", "2"),
        ["base"] = i => i.Change(o => o with { BaseImage = "base:2" }),
        ["layer"] = i => i.Change(o => o with { Layers = new Dictionary<string, PublishLayer> { ["lib/p.dll"] = PublishLayer.Packages } }),
        ["port"] = i => i.Change(o => o with { Config = o.Config with { Ports = ["8080/tcp"] } }),
        ["user"] = i => i.Change(o => o with { Config = o.Config with { User = "1" } }),
        ["folder"] = i => i.Change(o => o with { Config = o.Config with { WorkingDirectory = "/srv/" } }),
        ["variable"] = i => i.Change(o => o with { Config = o.Config with { Environment = [new("A", "1")] } }),
        ["command"] = i => i.Change(c => c with { AppCommand = ["/app/other"] }),
        ["command_arguments"] = i => i.Change(c => c with { AppCommandArgs = ["x"] }),
        ["default_arguments"] = i => i.Change(c => c with { DefaultArgs = ["x"] }),
        ["entrypoint"] = i => i.Change(c => c with { Entrypoint = ["x"] }),
        ["entrypoint_arguments"] = i => i.Change(c => c with { EntrypointArgs = ["x"] }),
        ["instruction"] = i => i.Change(c => c with { Instruction = "None" }),
        ["run"] = i => i.Change(o => o with { Commands = [new("ls", [], [])] }),
        ["no_copy"] = i => i.Change(o => o with { Copies = [] }),
        ["copy_content"] = i => i.Folder.Write("copied", "2"),
        ["copy_folder"] = i => i.Change(o => o with { Copies = [o.Copies[0] with { Folder = "/etc/" }] }),
        ["copy_name"] = i => i.Change(o => o with { Copies = [o.Copies[0] with { Name = "b" }] }),
        ["copy_mode"] = i => i.Change(o => o with { Copies = [o.Copies[0] with { Mode = "0600" }] }),
        ["copy_owner"] = i => i.Change(o => o with { Copies = [o.Copies[0] with { Owner = "app" }] }),
        ["no_fragment"] = i => i.Change(o => o with { Fragment = "" }),
        ["fragment_content"] = i => i.Folder.Write("fragment", "USER 2\n"),
        ["label"] = i => i.Change(r => r with { Labels = [new("a", "1")] }),
        ["label_of_the_base_digest"] = i => i.Change(o => o with { Config = o.Config with { LabelsBaseDigest = true } }),
        ["health_check"] = i => i.Change(o => o with { Config = o.Config with { HealthCheck = "true" } }),
        ["stop_signal"] = i => i.Change(o => o with { Config = o.Config with { StopSignal = "SIGINT" } }),
        ["volume"] = i => i.Change(o => o with { Config = o.Config with { Volumes = ["/data"] } }),
        ["another_runtime"] = i => i.Change(o => o with { Others = [o with { RuntimeIdentifier = "linux-arm64" }] }),
        ["a_file_of_another_runtime"] = i => i.Folder.Write("out-arm/shop.dll", "2"),
        ["platform"] = i => i.Change(r => r with { Platforms = [new("linux", "arm64")] }),
    };

    private static readonly Dictionary<string, Action<FingerprintInputs>> NotCounting = new()
    {
        ["nothing"] = _ => { },
        ["written_again"] = i => i.Folder.Write("a", "1"),
        ["ignored_file"] = i => i.Folder.Write("ignored/x", "2"),
        ["our_own_files"] = i => i.Folder.Write("obj/buildkit/shop.record.json", "{}"),
        ["cache_from"] = i => i.Change(r => r with { CacheFrom = [CacheReference.Registry("r/c:1")] }),
        ["cache_to"] = i => i.Change(r => r with { CacheTo = [CacheReference.Registry("r/c:1")] }),
        ["other_variable"] = i => i.Environment["PATH"] = "/bin",
        ["secret_value"] = i => i.Environment["NPM_TOKEN"] = "another",
        ["context_reason"] = i => i.Change(r => r with { ContextReason = "because" }),
    };

    private static IEnumerable<string> CountingNames => Counting.Keys;

    private static IEnumerable<string> PublishedNames => CountingForPublishedFiles.Keys;

    private static IEnumerable<string> NotCountingNames => NotCounting.Keys;

    [TestCaseSource(nameof(CountingNames))]
    public async Task Changes_with(string input)
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        await Differs(inputs, Counting[input]);
    }

    [TestCaseSource(nameof(PublishedNames))]
    public async Task Changes_for_published_files_with(string input)
    {
        using var inputs = FingerprintInputs.OfPublishedFiles();
        await Differs(inputs, CountingForPublishedFiles[input]);
    }

    [TestCaseSource(nameof(NotCountingNames))]
    public async Task Stays_with(string input)
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        var before = await inputs.FingerprintAsync();
        NotCounting[input](inputs);
        Assert.That(before, Has.Length.EqualTo(64));
        Assert.That(await inputs.FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Tells_labels_apart_whose_texts_run_into_each_other()
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Change(r => r with { Labels = [new("a", "b, c")] });
        await Differs(inputs, i => i.Change(r => r with { Labels = [new("a, b", "c")] }));
    }

    [TestCase("https://example.com/shop.git")]
    [TestCase("git@example.com:shop.git")]
    public async Task Is_empty_for_a_context_on_another_machine(string context)
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Change(r => r with { Context = context });
        Assert.That(await inputs.FingerprintAsync(), Is.Empty);
    }

    [TestCase("https://example.com/lib.git")]
    [TestCase("oci-layout:///images/base")]
    public async Task Is_empty_for_a_named_context_that_may_change_unseen(string source)
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Change(r => r with { NamedContexts = [new("lib", source)] });
        Assert.That(await inputs.FingerprintAsync(), Is.Empty);
    }

    [Test]
    public async Task Is_empty_when_every_step_shall_run_again()
    {
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Change(r => r with { NoCache = true });
        Assert.That(await inputs.FingerprintAsync(), Is.Empty);
    }

    [Test]
    public async Task Asks_the_registry_for_an_image_behind_a_named_context()
    {
        var digest = "sha256:" + new string('1', 64);
        using var registry = Http.StubServer.Http(request => request.Path == "/v2/m/base/manifests/1"
            ? new(200, "", "application/vnd.oci.image.manifest.v1+json") { Headers = { ["Docker-Content-Digest"] = digest } } : new(404));
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Change(r => r with { NamedContexts = [new("base", $"docker-image://{registry.Authority}/m/base:1")] });
        var before = await inputs.FingerprintAsync();
        Assert.That(await inputs.FingerprintAsync(), Is.EqualTo(before));
        digest = "sha256:" + new string('2', 64);
        Assert.That(await inputs.FingerprintAsync(), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_mirror_is_not_asked_unless_base_images_shall_be_pulled()
    {
        var asked = 0;
        using var registry = Http.StubServer.Http(_ =>
        {
            asked++;
            return new(404);
        });
        using var inputs = FingerprintInputs.OfPublishedFiles();
        inputs.Change(r => r with
        { NamedContexts = [new(r.PublishOutput!.BaseImage, $"docker-image://{registry.Authority}/m/base:1", IsMirror: true)] });
        await inputs.FingerprintAsync();
        Assert.That(asked, Is.Zero);
        inputs.Change(r => r with { Pull = true });
        await inputs.FingerprintAsync();
        Assert.That(asked, Is.Positive);
    }

    [Test]
    public async Task Pulled_images_are_those_of_FROM_and_of_COPY_and_no_contexts()
    {
        var asked = new List<string>();
        using var registry = Http.StubServer.Http(request =>
        {
            asked.Add(request.Path);
            return new(404);
        });
        using var inputs = FingerprintInputs.OfDockerfile();
        inputs.Folder.Write("Dockerfile",
            $"FROM {registry.Authority}/m/base:1\nCOPY --from={registry.Authority}/m/tools:2 /t /\nCOPY --from={registry.Authority}/m/context /x "
                + $"/\n");
        inputs.Change(r => r with { Pull = true, NamedContexts = [new($"{registry.Authority}/m/context", inputs.Folder.Make("lib"))] });
        await inputs.FingerprintAsync();
        Assert.That(asked.Distinct(), Is.EquivalentTo(new[] { "/v2/m/base/manifests/1", "/v2/m/tools/manifests/2" }));
    }

    private static async Task Differs(FingerprintInputs inputs, Action<FingerprintInputs> change)
    {
        var before = await inputs.FingerprintAsync();
        Assert.That(await inputs.FingerprintAsync(), Is.EqualTo(before));
        var kinds = await inputs.KindsAsync();
        change(inputs);
        var after = await inputs.FingerprintAsync();
        Assert.That(after, Has.Length.EqualTo(64));
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(InputChange.Of(kinds, await inputs.KindsAsync()), Does.Not.StartWith("an input"), "people are told which");
    }
}
