namespace BuildKit.Tasks.EngineTests;

/// <summary>Branches and pull requests on fresh CI machines: an engine with cold caches stands for each.</summary>
public sealed class CacheHierarchyStory : Story
{
    // A step of each test: BuildKit gives two builds that run the same one a single answer.
    private string Step => $"RUN cat /proc/sys/kernel/random/uuid > /id; : {Repository}";

    private static readonly Dictionary<string, string?> Push = Variables(
        "GITLAB_CI=true CI_DEFAULT_BRANCH=main CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=main");
    private static readonly Dictionary<string, string?> Request = Variables(
        "GITLAB_CI=true CI_DEFAULT_BRANCH=main CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=f "
            + "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_PROJECT_ID=1 CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1");

    [Test]
    public async Task A_pull_request_starts_from_its_target_and_spoils_nothing_and_a_fork_writes_nothing()
    {
        WriteDockerfile($"FROM {BaseImages.Debian} AS build\n{Step}\nFROM scratch\nCOPY --from=build /id /\n");
        var main = (await Project.DotnetAsync(["publish"], variables: Push)).Succeeded();
        Assert.That(main.Log.Messages, Has.Some.Contains("profile Production (GitLab CI, push, default branch main)"));
        var production = (await Images.ManifestAsync(Repository, "buildcache")).Digest;

        await using var cold = await EngineFixture.StartAsync("cold-ci");
        var runner = NewProject(cold, "_runner");
        runner.CopyFrom(Project.Folder);
        var request = (await runner.DotnetAsync(["publish"], variables: Request)).Succeeded();
        Assert.That(request.Output, Does.Contain("2 of 2 steps from the cache"));
        Assert.That(await Images.FindAsync(Repository, "buildcache-pr_7"), Is.Not.Null);

        var fork = new Dictionary<string, string?>(Request) { ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = "2", ["CI_MERGE_REQUEST_IID"] = "8" };
        var image = await Images.ManifestAsync(Repository);
        runner.Write("more", "");
        runner.Write("Dockerfile", File.ReadAllText(runner.PathOf("Dockerfile")) + "COPY more /\n");
        var forked = (await runner.DotnetAsync(["publish"], variables: fork)).Succeeded();
        Assert.That(forked.Log.Warnings, Is.Empty);
        Assert.That(forked.Log.Messages, Has.Some.Contains("BK5020"));
        Assert.That((await Images.ManifestAsync(Repository)).Digest, Is.EqualTo(image.Digest), "not pushed");
        Assert.That((await cold.DockerAsync("image", "inspect", $"{Image}:latest")).ExitCode, Is.Zero, "loaded");
        Assert.That(await Images.FindAsync(Repository, "buildcache-pr_8"), Is.Null);
        Assert.That((await Images.ManifestAsync(Repository, "buildcache")).Digest, Is.EqualTo(production));
        runner.Close(failed: false);
    }

    [Test]
    public async Task Several_platforms_write_a_reference_each_and_a_cold_engine_reads_them()
    {
        WriteDockerfile("FROM scratch AS a\nCOPY Dockerfile /\nFROM scratch\nCOPY --from=a / /a/\n",
            "<BuildKitPlatforms>linux/amd64,linux/arm64</BuildKitPlatforms>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "devcache_linux-amd64"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository, "devcache_linux-arm64"), Is.Not.Null);

        await using var cold = await EngineFixture.StartAsync("cold-platforms");
        var other = NewProject(cold, "_other");
        other.CopyFrom(Project.Folder);
        Assert.That((await other.DotnetAsync(["publish"])).Succeeded().Output, Does.Match(@"([1-9]) of \1 steps from the cache"));
        other.Close(failed: false);
    }

    [Test]
    public async Task A_corrupted_cache_is_one_line_in_the_log_and_a_fresh_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Step}\n");
        (await Project.DotnetAsync(["publish", "-p:BuildKitCacheProfile=Production"])).Succeeded();
        var cache = await Images.ManifestAsync(Repository, "buildcache");
        var config = cache.Json.GetProperty("config").GetProperty("digest").GetString()!;
        await Images.PutAsync(Repository, "buildcache", cache with { Text = cache.Text.Replace(config, cache.Layers[0], StringComparison.Ordinal) });

        await using var cold = await EngineFixture.StartAsync("cold-corrupt");
        var developer = NewProject(cold, "_developer");
        developer.CopyFrom(Project.Folder);
        var result = (await developer.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        Assert.That(result.Output, Does.Not.Contain("from the cache"));
        developer.Close(failed: false);
    }

    private static Dictionary<string, string?> Variables(string text) =>
        text.Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], string? (pair) => pair[1]);
}
