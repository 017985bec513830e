using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// Each trouble of the guide's section "Troubleshooting", made for real and named by the doctor. An engine older than
/// 18.09 and Podman cannot be had here: DoctorTests have them from recorded answers.
/// </summary>
public sealed class DoctorStory : Story
{
    private const string Dockerfile = "FROM scratch\nCOPY Dockerfile /\n";

    // "BuildKit Not Available".
    [Test]
    public async Task BuildKit_is_switched_off_and_buildx_does_not_work()
    {
        WriteDockerfile(Dockerfile);
        // A plugin of the user's comes before those of the system, so that this one hides them.
        var plugin = Project.Write("config/cli-plugins/docker-buildx", "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Project.Write("config/config.json", """{"features":{"buildkit":"false"}}""");
        var findings = await ExamineAsync(fails: true, variables: new() { ["DOCKER_BUILDKIT"] = "0", ["DOCKER_CONFIG"] = Project.PathOf("config") });
        Assert.That(findings.Select(finding => finding.Code).Where(code => code.Length > 0), Is.SupersetOf(new[] { "BK1002", "BK1040", "BK1040" }));
        Assert.That(findings.Where(finding => finding.Code == "BK1040").Select(finding => finding.Text),
            Has.Some.Contain("DOCKER_BUILDKIT=0").And.Some.Contain("config.json"));
    }

    // "Cache Issues: builds are slow despite caching".
    [Test]
    public async Task Caches_that_are_not_in_use_and_that_the_engine_cannot_write()
    {
        WriteDockerfile(Dockerfile);
        Assert.That((await ExamineAsync(fails: false, "-p:ContainerRegistry=")).Select(finding => finding.Code), Does.Contain("BK1052"));
        Use(await Machine.GraphDriverEngineAsync());
        Assert.That((await ExamineAsync(fails: false)).Select(finding => finding.Code), Does.Contain("BK4002").And.Contain("BK1047"));
    }

    [Test]
    public async Task Caches_that_are_read_and_never_match()
    {
        // The argument has another value each time, and the first step takes it.
        WriteDockerfile($"FROM {BaseImages.Debian}\nARG TIME\nRUN echo $TIME\nRUN echo next\n", "",
            "<BuildKitBuildArg Include=\"TIME\" Value=\"$([System.DateTime]::UtcNow.Ticks)\" />");
        for (var build = 0; build < 4; build++)
        {
            (await Project.DotnetAsync(["publish"])).Succeeded();
        }

        var finding = (await ExamineAsync(fails: false)).Single(finding => finding.Code == "BK4008");
        Assert.That(finding.Text, Does.Contain($"{Image}:devcache").And.Contain("does not change each time"));
    }

    // "Registry Cache Permissions".
    [Test]
    public async Task A_registry_that_lets_nobody_push_and_nobody_read_the_cache()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile(Dockerfile, $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var findings = await ExamineAsync(fails: true);
        Assert.That(findings.Single(finding => finding.Code == "BK1046").Text, Does.Contain($"docker login {registry.Address}"));
        Assert.That(findings.Count(finding => finding.Code == "BK1048"), Is.EqualTo(2), "one for each cache that is read");
    }

    [Test]
    public async Task A_registry_that_does_not_take_manifests_of_caches()
    {
        using var registry = new MoodyRegistry((method,
            path) => method == "PUT" && path.EndsWith("/manifests/devcache", StringComparison.Ordinal) ? 400 : 0);
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo one > /one\n",
            $"<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var finding = (await ExamineAsync(fails: false)).Single(finding => finding.Code == "BK1053");
        Assert.That(finding.Text,
            Does.Contain($"{registry.Address}/{Repository}:devcache").And.Contain("400").And.Contain("BuildKitCacheType=Inline"));
    }

    private async Task<List<(string Code, string Level, string Text)>> ExamineAsync(
        bool fails, string argument = "-p:Any=thing", Dictionary<string, string?>? variables = null)
    {
        var result = await Project.DotnetAsync(["build", "-t:BuildKitDoctor", "-p:BuildKitDoctorJson=doctor.json", argument], variables: variables);
        Assert.That(result.ExitCode, Is.EqualTo(fails ? 1 : 0), result.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Project.PathOf("doctor.json")));
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
            (finding.TryGetProperty("code", out var code) ? code.GetString()! : "", finding.GetProperty("level").GetString()!,
                finding.GetProperty("text").GetString()!))];
    }
}
