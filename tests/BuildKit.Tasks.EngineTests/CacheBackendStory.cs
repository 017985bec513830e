namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// Backends beside the registry. GitHub's cache is read and written by the real BuildKit, and a server of the tests
/// stands in for GitHub. No BuildKit that can be had here has s3 and azblob compiled in, so those are tested up to
/// what BuildKit is told, and by what is said when it does not know them.
/// </summary>
public sealed class CacheBackendStory : Story
{
    // A step of each test: BuildKit gives two builds that run the same one a single answer.
    private string Step => $"RUN cat /proc/sys/kernel/random/uuid > /id; : {Repository}";
    private const string Gha = """<BuildKitCacheFrom Include="gha" /><BuildKitCacheTo Include="gha" Mode="max" />""";

    [Test]
    public async Task GitHubs_cache_is_written_and_read_under_a_scope_of_the_image()
    {
        using var github = new GitHubCacheServer();
        WriteDockerfile($"FROM {BaseImages.Debian} AS build\n{Step}\nFROM scratch\nCOPY --from=build /id /\n",
            "<BuildKitCacheType>None</BuildKitCacheType>", Gha);
        var written = (await Project.DotnetAsync(["publish"], variables: github.Variables)).Succeeded();
        Assert.That(written.Log.Warnings, Is.Empty);
        Assert.That(github.Keys, Has.Some.StartsWith($"index-{Repository}-1-").And.Some.StartsWith("buildkit-blob-1-sha256:"));
        var step = (await Images.ManifestAsync(Repository)).Layers[^1];

        await using var cold = await EngineFixture.StartAsync("cold-gha");
        var runner = NewProject(cold, "_runner");
        runner.CopyFrom(Project.Folder);
        github.Asked.Clear();
        var read = (await runner.DotnetAsync(["publish"], variables: github.Variables)).Succeeded();
        Assert.That(github.Asked.First(), Does.StartWith($"GetCacheEntryDownloadURL index-{Repository}-1-"));
        Assert.That(read.Output, Does.Contain("2 of 2 steps from the cache"));
        Assert.That((await Images.ManifestAsync(Repository)).Layers[^1], Is.EqualTo(step), "a step that gives another result each time it runs");

        // Another image of the same repository on GitHub does not take its place.
        var other = NewProject(cold, "_other");
        other.CopyFrom(Project.Folder);
        (await other.DotnetAsync(["publish", $"-p:ContainerRepository={Repository}-other"], variables: github.Variables)).Succeeded();
        Assert.That(github.Keys, Has.Some.StartsWith($"index-{Repository}-other-1-").And.Some.StartsWith($"index-{Repository}-1-"));
        runner.Close(failed: false);
        other.Close(failed: false);
    }

    [Test]
    public async Task GitHubs_cache_in_a_step_without_its_token_is_one_warning()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", "<BuildKitCacheType>None</BuildKitCacheType>", Gha);
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4007" }));
        Assert.That(Call(result), Does.Not.Contain("--cache-"));
    }

    // item for both directions -> type, and what BuildKit is told when it writes
    [TestCase(
        """Include="s3" Bucket="b" Region="eu-west-1" EndpointUrl="http://127.0.0.1:1" UsePathStyle="true" Name="shop" Prefix="p/" BlobsPrefix="b/" ManifestsPrefix="m/" RetryMode="standard" RetryMaxAttempts="1" DisableAcceptEncoding="true" """, "s3",
        "type=s3,bucket=b,region=eu-west-1,name=shop,prefix=p/,blobs_prefix=b/,manifests_prefix=m/,endpoint_url=http://127.0.0.1:1,use_path_style=true,touch_refresh=24h,upload_parallelism=2,retry_mode=standard,retry_max_attempts=1,disable_accept_encoding=true,mode=max,ignore-error=true",
        """ TouchRefresh="24h" UploadParallelism="2" Mode="max" """)]
    [TestCase(
        """Include="azblob" AccountUrl="http://127.0.0.1:1/a" AccountName="a" Container="c" Name="shop" Prefix="p/" BlobsPrefix="b" ManifestsPrefix="m" """, "azblob",
        "type=azblob,account_url=http://127.0.0.1:1/a,account_name=a,container=c,name=shop,prefix=p/,blobs_prefix=b,manifests_prefix=m,mode=max,ignore-error=true",
        """ Mode="max" """)]
    public async Task Object_stores_are_told_to_a_builder_that_may_have_them_and_left_out_where_it_has_not(string item, string type, string told,
        string written)
    {
        var items = $"<BuildKitCacheFrom {item} /><BuildKitCacheTo {item}{written} />";
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", "<BuildKitCacheType>None</BuildKitCacheType>", items);
        var engine = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(engine.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4002" }));
        Assert.That(Call(engine), Does.Not.Contain("--cache-"));

        // The image that stands in for moby/buildkit has the engine's BuildKit, and that ends the build.
        var builder = $"{TestRun.Id}-{type}";
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"""
            <BuildKitCacheType>None</BuildKitCacheType><BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>
            """, $"""
            {items}{ContainerOptions}
            """);
        try
        {
            var container = await Project.DotnetAsync(["publish"],
                variables: new Dictionary<string, string?> { ["AWS_ACCESS_KEY_ID"] = "id", ["AWS_SECRET_ACCESS_KEY"] = "open-sesame" });
            Assert.That(container.FailedWith("BK4005").Text, Does.Contain($"unknown cache exporter: \"{type}\""));
            Assert.That(Call(container), Does.Contain($"--cache-to {told}").And.Contain($"--cache-from type={type},"));
            Assert.That(container.Output, Does.Not.Contain("open-sesame"));
        }
        finally
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "--force", builder);
        }
    }

    private static string Call(DotnetResult result) =>
        result.Log.Messages.Single(message => message.StartsWith("docker buildx build", StringComparison.Ordinal));
}
