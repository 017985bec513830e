using System.Text.Json;
using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Doctor;
using BuildKit.Core.Drivers;
using BuildKit.Core.Images;
using BuildKit.Core.Tests.Builders;
using BuildKit.Core.Tests.Http;
using Examination = BuildKit.Core.Doctor.Doctor;

namespace BuildKit.Core.Tests.Doctor;

/// <summary>Each trouble of the guide's section "Troubleshooting", and each that the doctor knows besides.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DoctorTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly StubServer engine;
    private readonly StubServer registry;
    private readonly StubDocker docker = new();
    private readonly Dictionary<string, string> environment;
    private string version = "28.5.2";
    private bool containerd = true;
    private TimeSpan skew;
    private int pushStatus = 202;
    private int cacheStatus = 200;

    public DoctorTests()
    {
        engine = StubServer.Engine(folder.Full("d.sock"), request => new StubAnswer(200, request.Path.Contains("version", StringComparison.Ordinal)
            ? $$"""{"Version":"{{version}}"}"""
            : $$"""{"DriverStatus":[["driver-type","{{(containerd ? "io.containerd.snapshotter.v1" : "")}}"]],"SystemTime":"{{DateTimeOffset.UtcNow + skew:O}}"}"""));
        registry = StubServer.Http(request => request.Method switch
        {
            "POST" => new StubAnswer(pushStatus) { Headers = { ["Location"] = "/v2/shop/api/blobs/uploads/1?state=x" } },
            "DELETE" => new StubAnswer(204),
            _ =>
                new StubAnswer(cacheStatus, "{}", "application/vnd.oci.image.manifest.v1+json")
                { Headers = { ["Docker-Content-Digest"] = "sha256:" + new string('a', 64) } },
        });
        environment = new() { ["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock")), ["DOCKER_CONFIG"] = folder.Path };
        docker.Builders["default"] = new StubBuilder("default", "docker")
        { Status = "running", Nodes = { new StubNode("default", "default", [], [], ["linux/amd64"]) } };
    }

    public void Dispose()
    {
        engine.Dispose();
        registry.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_machine_that_is_well_has_no_trouble()
    {
        var findings = await ExamineAsync(Input());
        Assert.That(findings.Where(finding => finding.Level != FindingLevel.Ok), Is.Empty);
        Assert.That(findings.Select(finding => finding.Check),
            Is.EqualTo(new[] { "docker", "buildx", "engine", "builder", "platforms", "disk", "clock", "registry", "cache", "cache", "cache" }));
        Assert.That(registry.Requests.Select(request => request.Method), Does.Contain("DELETE"), "the upload is taken back");
    }

    // The guide: "BuildKit Not Available".
    [Test]
    public Task Docker_is_older_than_18_09() => TroubleAsync("BK1005", FindingLevel.Fault, "it has no BuildKit at all", () => version = "18.06.3-ce");

    [Test]
    public Task BuildKit_is_switched_off_by_the_environment() =>
        TroubleAsync("BK1040", FindingLevel.Warning, "DOCKER_BUILDKIT=0", () => environment["DOCKER_BUILDKIT"] = "0");

    [TestCase("config.json"), TestCase("etc/docker/daemon.json")]
    public Task BuildKit_is_switched_off_by_a_file(string file) =>
        TroubleAsync("BK1040", FindingLevel.Warning, file, () => folder.Write(file, """{"features":{"buildkit":false}}"""));

    [Test]
    public Task Buildx_is_missing() =>
        TroubleAsync("BK1002", FindingLevel.Fault, "without its buildx plugin",
            () => docker.Answers[0] = ("buildx version", 1, "", "docker: 'buildx' is not a docker command."));

    [Test]
    public Task Podman_answers() =>
        TroubleAsync("BK1009", FindingLevel.Fault, "is Podman",
            () => docker.Answers[0] = ("buildx version", 125, "", "Error: unrecognized command `podman buildx version`"));

    [Test]
    public Task Buildx_is_too_old() =>
        TroubleAsync("BK1006", FindingLevel.Fault, "0.12", () => docker.Answers[0] = ("buildx version", 0, "github.com/docker/buildx v0.12.1 x", ""));

    [Test]
    public async Task The_engine_is_down_and_that_is_told_once()
    {
        await TroubleAsync("BK1003", FindingLevel.Fault, "there is no such ",
            () => environment["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("none")));
        Assert.That((await ExamineAsync(Input())).Count(finding => finding.Level == FindingLevel.Fault), Is.EqualTo(1));
    }

    // The guide: "Cache Issues: builds are slow despite caching".
    [Test]
    public Task There_is_no_cache() => TroubleAsync("BK1047", FindingLevel.Warning, "does not exist yet", () => cacheStatus = 404);

    [Test]
    public async Task No_cache_is_configured()
    {
        var findings = await ExamineAsync(Input(scope: false));
        Assert.That(findings.Where(finding => finding.Level != FindingLevel.Ok).Select(finding => finding.Diagnostic!.Code),
            Is.EqualTo(new[] { "BK1052" }));
    }

    [Test]
    public async Task In_CI_the_caches_are_looked_at_that_CI_will_read()
    {
        ContinuousIntegration.CiSystemsTests.Variables("GITLAB_CI=true CI_DEFAULT_BRANCH=main CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=f")
            .Variables.ToList().ForEach(pair => environment[pair.Key] = pair.Value);
        var caches = (await ExamineAsync(Input())).Where(finding => finding.Check == "cache").Select(finding => finding.Text).ToList();
        Assert.That(caches[0], Does.StartWith("profile Branch (GitLab CI, push, branch f)"));
        Assert.That(caches.Skip(1),
            Is.EqualTo(new[] { "buildcache-f", "buildcache" }.Select(tag => $"{registry.Authority}/shop/api:{tag} can be read")));
    }

    [Test]
    public async Task What_the_last_builds_found_out_of_their_caches()
    {
        var devcache = $"{registry.Authority}/shop/api:devcache";
        new CacheRecord
        {
            BuildsWithoutMatch = 3,
            Failures = new Dictionary<string, string> { [devcache] = "400 Bad Request", ["other/cache:1"] = "x" }
        }.Write(
                    folder.Full("shop.caches"));
        var findings = (await ExamineAsync(Input(records: folder.Path))).Where(finding => finding.Level == FindingLevel.Warning).ToList();
        Assert.That(findings.Select(finding => finding.Diagnostic!.Code), Is.EqualTo(new[] { "BK1053", "BK4008" }));
        Assert.That(findings[0].Text, Does.Contain(devcache).And.Contain("400 Bad Request"));
    }

    [Test]
    public async Task A_cache_that_is_not_described_well()
    {
        var findings = await ExamineAsync(
            Input(caches: new CacheSettings { Items = [new CacheItem("s3", new Dictionary<string, string>(), IsWrite: true)] }));
        Assert.That(findings.Where(finding => finding.Level == FindingLevel.Fault).Select(finding => finding.Diagnostic!.Code),
            Is.EqualTo(new[] { "BK4004" }));
    }

    [Test]
    public Task The_builder_cannot_write_the_cache() =>
        TroubleAsync("BK4002", FindingLevel.Warning, "cannot write a registry cache", () => containerd = false);

    [Test]
    public Task Cache_mounts_are_dropped_early() => TroubleAsync("BK1042", FindingLevel.Warning, "3.6 GB", () =>
        docker.Answers.Add(("buildx ls", 0,
            """{"Name":"default","Driver":"docker","Nodes":[{"Name":"default","Status":"running","Platforms":["linux/amd64"],"GCPolicy":[{"filter":["type==source.local,type==exec.cachemount"],"maxUsedSpace":3592570859}]}]}""", "")));

    // The guide: "Registry Cache Permissions".
    [Test]
    public Task A_push_is_forbidden() => TroubleAsync("BK1046", FindingLevel.Fault, "docker login", () => pushStatus = 403);

    [Test]
    public Task The_cache_may_not_be_read() => TroubleAsync("BK1048", FindingLevel.Warning, "may not be read", () => cacheStatus = 403);

    [Test]
    public async Task The_registrys_name_is_not_known()
    {
        var findings = await ExamineAsync(Input(host: "no-such-registry.invalid", scope: false));
        Assert.That(findings.Select(finding => finding.Diagnostic?.Code), Does.Contain("BK1044"));
    }

    [Test]
    public async Task The_registry_does_not_answer()
    {
        var findings = await ExamineAsync(Input(host: "127.0.0.1:1", scope: false));
        Assert.That(findings.Select(finding => finding.Diagnostic?.Code), Does.Contain("BK1045"));
    }

    [Test]
    public Task The_clocks_differ() => TroubleAsync("BK1049", FindingLevel.Warning, "ahead of", () => skew = TimeSpan.FromMinutes(5));

    [Test]
    public Task The_builder_is_missing() =>
        TroubleAsync("BK1007", FindingLevel.Fault, "\"taem\" (there are: default)", () => environment["BUILDX_BUILDER"] = "taem");

    [Test]
    public async Task A_platform_that_nobody_runs()
    {
        var findings = await ExamineAsync(Input(platform: "linux/arm64"));
        AssertTrouble(findings, "BK1041", "runs linux/amd64; RUN steps for linux/arm64 fail");
    }

    [Test]
    public async Task A_disk_that_is_full()
    {
        var findings = await ExamineAsync(Input(disk: (1_000_000_000, 50_000_000_000)));
        AssertTrouble(findings, "BK1043", "1.0 GB of 50 GB are free on the disk of the project");
    }

    [Test]
    public async Task A_project_on_the_Windows_side_of_WSL()
    {
        folder.Write("proc/version", "Linux version 5.15.153.1-microsoft-standard-WSL2");
        var findings = await ExamineAsync(Input(workingDirectory: "/mnt/c/src/shop"));
        AssertTrouble(findings, "BK1050", "/mnt/c");
    }

    [Test]
    public async Task An_engine_on_another_machine()
    {
        environment["DOCKER_HOST"] = "ssh://me@build.example.com";
        docker.Answers.Add(("info", 0, """{"ServerVersion":"28.5.2"}""", ""));
        docker.Answers.Add(("version", 0, """{"Components":[{"Name":"Engine"}]}""", ""));
        Assert.That((await ExamineAsync(Input())).Select(finding => finding.Diagnostic?.Code), Does.Contain("BK1051"));
    }

    [Test]
    public async Task A_builder_that_a_build_would_create_is_told_and_not_created()
    {
        var findings = await ExamineAsync(Input(driver: BuilderDriver.DockerContainer));
        Assert.That(findings.Single(finding => finding.Check == "builder").Text, Does.Contain("the next build creates it"));
        Assert.That(docker.Builders.Keys, Is.EqualTo(new[] { "default" }));
    }

    [Test]
    public async Task The_report_for_programs_has_the_worst_level_and_each_finding()
    {
        pushStatus = 401;
        using var json = JsonDocument.Parse(DoctorReport.ToJson(await ExamineAsync(Input())));
        Assert.That(json.RootElement.GetProperty("level").GetString(), Is.EqualTo("fault"));
        var finding = json.RootElement.GetProperty("findings").EnumerateArray()
            .Single(element => element.GetProperty("level").GetString() == "fault");
        Assert.That(finding.GetProperty("code").GetString(), Is.EqualTo("BK1046"));
        Assert.That(finding.GetProperty("remedy").GetString(), Is.EqualTo(DoctorDiagnostics.PushNotAllowed.Remedy));
    }

    private async Task TroubleAsync(string code, FindingLevel level, string words, Action make)
    {
        make();
        var finding = (await ExamineAsync(Input())).FirstOrDefault(finding => finding.Diagnostic?.Code == code);
        Assert.That(finding, Is.Not.Null);
        Assert.That((finding!.Level, TestFolder.Slashes(finding.Text).Contains(words, StringComparison.Ordinal)), Is.EqualTo((level, true)),
            finding.Text);
        Assert.That(finding.Remedy, Is.Not.Empty);
    }

    private static void AssertTrouble(IReadOnlyList<DoctorFinding> findings, string code, string words)
    {
        var trouble = findings.Single(finding => finding.Level != FindingLevel.Ok);
        Assert.That((trouble.Diagnostic?.Code, trouble.Text), Is.EqualTo((code, trouble.Text)));
        Assert.That(trouble.Text, Does.Contain(words));
    }

    private static Task<IReadOnlyList<DoctorFinding>> ExamineAsync(DoctorInput input) => Examination.ExamineAsync(input, _ => { }, default);

    private DoctorInput Input(
        string host = "", bool scope = true, string platform = "linux/amd64", (long Free, long Total)? disk = null, string workingDirectory = "/src",
        BuilderDriver? driver = null, CacheSettings? caches = null, string records = "")
    {
        var image = ImageReference.TryParse($"{(host.Length > 0 ? host : registry.Authority)}/shop/api:1")!;
        return new DoctorInput
        {
            Environment = new(environment),
            Request = new BuilderRequest { WorkingDirectory = workingDirectory, Driver = driver },
            FindDocker = () => docker,
            Images = [image],
            Platforms = [Platform.TryParse(platform)!],
            Caches = caches ?? new CacheSettings { Type = scope ? CacheType.Registry : CacheType.None },
            ImageName = "shop",
            IntermediateFolder = records,
            SystemRoot = folder.Path,
            DiskOf = _ => disk ?? (90_000_000_000, 100_000_000_000),
        };
    }
}
