namespace BuildKit.Tasks.EngineTests;

/// <summary>The development cache first, then the production cache, then a fresh build.</summary>
public sealed class CacheProfileStory : Story
{
    // A step of each test: BuildKit gives two builds that run the same one a single answer.
    private string Step => $"RUN cat /proc/sys/kernel/random/uuid > /id; : {Repository}";

    [Test]
    public async Task A_cold_engine_takes_its_steps_from_the_cache_that_production_wrote()
    {
        WriteDockerfile($"FROM {BaseImages.Debian} AS build\n{Step}\nFROM scratch\nCOPY --from=build /id /\n");
        var production = (await Project.DotnetAsync(["publish", "-p:BuildKitCacheProfile=Production"])).Succeeded();
        Assert.That(production.Log.Warnings, Is.Empty, "a cache that is missing is no warning");
        Assert.That(production.Log.Messages, Has.Some.Contains("BK4003"));
        Assert.That(await Images.FindAsync(Repository, "buildcache"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository, "devcache"), Is.Null);
        var layers = (await Images.ManifestAsync(Repository)).Layers;

        await using var cold = await EngineFixture.StartAsync("cold");
        var developer = NewProject(cold, "_developer");
        developer.CopyFrom(Project.Folder);
        var development = (await developer.DotnetAsync(["publish"])).Succeeded();
        Assert.That(development.Output, Does.Contain("2 of 2 steps from the cache"));
        Assert.That((await Images.ManifestAsync(Repository)).Layers, Is.EqualTo(layers));
        Assert.That(await Images.FindAsync(Repository, "devcache"), Is.Not.Null);
        developer.Close(failed: false);
    }

    [Test]
    public async Task A_cache_that_cannot_be_written_is_one_warning()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Step}\n", $"<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4001" }));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task Without_a_registry_no_cache_is_asked_for()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", "<ContainerRegistry></ContainerRegistry>");
        var calls = (await Project.DotnetAsync(["publish"]))
            .Succeeded().Log.Messages.Where(message => message.StartsWith("docker buildx build", StringComparison.Ordinal));
        Assert.That(calls, Is.Not.Empty.And.None.Contains("--cache-"));
    }

    [Test]
    public async Task An_inline_cache_lies_in_the_image()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Step}\n", "<BuildKitCacheType>Inline</BuildKitCacheType>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((await Images.ConfigAsync(Repository)).TryGetProperty("moby.buildkit.cache.v0", out _), Is.True);
        Assert.That(await Images.FindAsync(Repository, "devcache"), Is.Null);
    }
}
