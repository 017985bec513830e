using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Builds;

/// <summary>Whole argument lists, written down.</summary>
public sealed class BuildxCommandLineTests
{
    private const string Begin = "buildx|build|--progress=rawjson|--metadata-file|/m.json|--file|/src/shop/Dockerfile";

    private static readonly Dictionary<string, BuildRequest> Requests = new()
    {
        ["push"] = TestRequests.OnPaper(new BuildOutput(OutputKind.Push)),
        ["load"] = TestRequests.OnPaper(new BuildOutput(OutputKind.Load)),
        ["both"] = TestRequests.OnPaper(new(OutputKind.Load), new(OutputKind.Push)),
        ["oci"] = TestRequests.OnPaper(new BuildOutput(OutputKind.OciArchive, "/out/a,b.tar")),
        ["docker"] = TestRequests.OnPaper(new BuildOutput(OutputKind.DockerArchive, "/out/a.tar")),
        ["local"] = TestRequests.OnPaper(new BuildOutput(OutputKind.Folder, "/out/root fs")),
        ["nothing"] = TestRequests.OnPaper(new BuildOutput(OutputKind.CacheOnly)),
        ["everything"] = TestRequests.OnPaper(new BuildOutput(OutputKind.Load)) with
        {
            TargetStage = "final",
            Platforms = [new("linux", "amd64"), new("linux", "arm", "v7")],
            Network = "none",
            BuildArguments = [new("A", "1 2"), new("B", null), new("C", ""), new("D", "x=y,\"z\"")],
            Labels = [new("a", "1"), new("b", "x=y")],
            NamedContexts = [new("lib", "/src/lib"), new("base", "docker-image://m/base:1")],
            Secrets = [new("npm", "NPM_TOKEN", ""), new("key", "", "/keys/a,b")],
            SshAgents = [new("default", ""), new("git", "/keys/git")],
            ExtraHosts = [new("db", "host-gateway"), new("six", "::1")],
            Pull = true,
            NoCache = true,
            CacheFrom = [CacheReference.Registry("r/shop:devcache"), CacheReference.Registry("r/shop:buildcache")],
            CacheTo = [CacheReference.Registry("r/shop:devcache", new KeyValuePair<string, string>("mode", "max"))],
            Tags = [new("r", "shop", "1"), new("r", "shop", "2")],
            Attestations = new("max", "true"),
        },
        ["scanner"] = TestRequests.OnPaper(new BuildOutput(OutputKind.CacheOnly)) with { Attestations = new("", "scanner:1") },
        ["remote"] = TestRequests.OnPaper(new BuildOutput(OutputKind.CacheOnly)) with { Context = "https://example.com/shop.git#main" },
    };

    [TestCase("push", "graph", "--output|type=image,push=true")]
    [TestCase("push", "containerd", "--output|type=image,push=true,unpack=false,store=false")]
    [TestCase("push", "container", "--output|type=image,push=true,unpack=false,store=false")]
    [TestCase("load", "graph", "--output|type=image")]
    [TestCase("load", "containerd", "--output|type=image")]
    [TestCase("load", "container", "--output|type=docker")]
    [TestCase("both", "graph", "--output|type=image,push=true")]
    [TestCase("both", "containerd", "--output|type=image,push=true")]
    [TestCase("both", "container", "--output|type=docker|--output|type=image,push=true")]
    [TestCase("oci", "containerd", "--output|type=oci,\"dest=/out/a,b.tar.partial\"")]
    [TestCase("docker", "container", "--output|type=docker,dest=/out/a.tar.partial")]
    [TestCase("local", "graph", "--output|type=local,dest=/out/root fs")]
    [TestCase("nothing", "graph", "--output|type=cacheonly")]
    public void Writes_each_output_as_the_driver_needs_it(string request, string builder, string output)
    {
        var name = TestRequests.Of(builder).Name;
        var expected = Begin + (name.Length > 0 ? "|--builder|" + name : "") + "|--tag|r.example.com/shop:1|" + output
            + "|--provenance=false|/src/shop";
        Assert.That(Line(request, builder), Is.EqualTo(expected));
    }

    [Test]
    public void Writes_every_option_in_its_place() => Assert.That(Line("everything", "container"), Is.EqualTo(
        Begin + "|--builder|ours|--target|final|--platform|linux/amd64,linux/arm/v7|--network|none"
        + "|--build-arg|A=1 2|--build-arg|B|--build-arg|C=|--build-arg|D=x=y,\"z\"|--label|a=1|--label|b=x=y"
        + "|--build-context|lib=/src/lib|--build-context|base=docker-image://m/base:1"
        + "|--secret|id=npm,env=NPM_TOKEN|--secret|id=key,\"src=/keys/a,b\"|--ssh|default|--ssh|git=/keys/git"
        + "|--add-host|db=host-gateway|--add-host|six=::1|--pull|--no-cache"
        + "|--cache-from|type=registry,ref=r/shop:devcache|--cache-from|type=registry,ref=r/shop:buildcache"
        + "|--cache-to|type=registry,ref=r/shop:devcache,mode=max|--tag|r/shop:1|--tag|r/shop:2"
        + "|--output|type=docker|--provenance=mode=max|--sbom=true|/src/shop"));

    [TestCase("scanner", "--provenance=false|--sbom=generator=scanner:1|/src/shop")]
    [TestCase("remote", "--provenance=false|https://example.com/shop.git#main")]
    public void Ends_with_attestations_and_the_context(string request, string end) =>
        Assert.That(Line(request, "container"), Does.EndWith("|" + end));

    [TestCase(false, 0, "containerimage.config={\"config\":{}}")]
    [TestCase(false, 1, "containerimage.config={\"config\":{}}")]
    [TestCase(false, 2, "containerimage.config/linux/arm64={\"config\":{}}")]
    [TestCase(true, 1, "containerimage.config/linux/arm64={\"config\":{}}")]
    [TestCase(true, 0, "containerimage.config/linux/amd64={\"config\":{}}")]
    public void Gives_the_configuration_of_published_files_to_the_exporter_and_no_labels(bool attested, int platforms, string attribute)
    {
        Platform[] all = [new("linux", "arm64"), new("linux", "amd64")];
        var request = TestRequests.OnPaper(new BuildOutput(OutputKind.Push)) with
        {
            Labels = [new("a", "1")],
            Platforms = all[..platforms],
            Attestations = attested ? new("min", "") : Attestations.None,
        };
        var arguments = BuildxCommandLine.Of(
            request,
            new BuildSource("/d", "/c", Labels: false)
            { Configs = [new(request.Platforms.Count > 0 ? request.Platforms[0] : new("linux", "amd64"), """{"config":{}}""")] },
                TestRequests.ContainerdStore, "/m.json");
        var output = arguments[arguments.ToList().IndexOf("--output") + 1];
        Assert.That(Csv.Fields(output), Is.EqualTo(new[] { "type=image", "push=true", "unpack=false", "store=false", attribute }));
        Assert.That(arguments, Has.None.EqualTo("--label"));
    }

    [Test]
    public void Never_holds_the_value_of_a_secret()
    {
        using var folder = new TestFolder();
        var file = folder.Write("key", "v4lue-of-a-file");
        BuildSecret[] secrets = [new("npm", "NPM_TOKEN", ""), new("key", "", file)];
        var environment = new BuildEnvironment { ["NPM_TOKEN"] = "v4lue-of-a-variable" };
        Assert.That(secrets.Select(secret => secret.Validate(environment, null)), Is.All.Null);
        var request = TestRequests.OnPaper(new BuildOutput(OutputKind.Push)) with { Secrets = secrets };
        var arguments = BuildxCommandLine.Of(request, BuildSource.Of(request), TestRequests.Container, "/m.json");
        Assert.That(arguments, Has.Some.Contains("NPM_TOKEN").And.Some.Contains(file));
        Assert.That(arguments, Has.None.Contains("v4lue"));
    }

    private static string Line(string request, string builder) => string.Join('|', BuildxCommandLine.Of(
        Requests[request], BuildSource.Of(Requests[request]), TestRequests.Of(builder), "/m.json"));
}
