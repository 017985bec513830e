using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What differs on the builders beside the docker driver with the containerd store.</summary>
public sealed class DriversStory : Story
{
    private string Container => $"""
        <BuildKitBuilder>{TestRun.Id}-{Repository[..8]}</BuildKitBuilder>
        <BuildKitDriver>docker-container</BuildKitDriver>
        """;

    [Test]
    public async Task Graph_driver_pushes_the_same_config_and_sees_that_nothing_changed()
    {
        var graph = await UseGraphDriverAsync();
        WriteConsole("<BuildKitCacheWrite>never</BuildKitCacheWrite>",
            "<ContainerEnvironmentVariable Include=\"GREETING\" Value=\"a $b &quot;c&quot;\" />");
        (await Project.PublishAsync()).Succeeded();
        Assert.That((await Project.PublishAsync()).Succeeded().Output, Does.Contain("unchanged"));
        Assert.That(await new EngineImages(graph).RunAsync(Image), Is.EqualTo("hello"));

        var plain = await Images.ConfigAsync(Repository);
        var fast = await PublishOnContainerdStoreAsync();
        Assert.That(Comparable(plain), Is.EqualTo(Comparable(fast)));
    }

    [Test]
    public async Task Graph_driver_loads_and_sees_that_nothing_changed()
    {
        var graph = await UseGraphDriverAsync();
        WriteConsole("<ContainerRegistry></ContainerRegistry>");
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(graph).RunLoadedAsync($"{Repository}:latest"), Is.EqualTo("hello"));
        Assert.That((await Project.PublishAsync()).Succeeded().Output, Does.Contain("unchanged"));
    }

    [Test]
    public async Task Graph_driver_cannot_write_a_registry_cache_and_says_so_once()
    {
        await UseGraphDriverAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4002" }));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [TestCase("BuildKitProvenance", "true")]
    [TestCase("BuildKitSbom", "true")]
    [TestCase("BuildKitPlatforms", "linux/amd64;linux/arm64")]
    [TestCase("ContainerImageFormat", "OCI")]
    public async Task Graph_driver_refuses_what_it_would_do_otherwise(string property, string value)
    {
        await UseGraphDriverAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"""
            <BuildKitBuilder>default</BuildKitBuilder><BuildKitCacheWrite>never</BuildKitCacheWrite><{property}>{value}</{property}>
            {(value == "OCI" ? "<ContainerArchiveOutputPath>image.tar</ContainerArchiveOutputPath>" : "")}
            """);
        (await Project.DotnetAsync(["publish"])).FailedWith("BK1011");
    }

    [Test]
    public async Task Docker_container_is_created_pushes_loads_caches_and_sees_that_nothing_changed()
    {
        WriteConsole($"{Container}<BuildKitLoad>true</BuildKitLoad>", ContainerOptions);
        try
        {
            (await Project.PublishAsync()).Succeeded();
            Assert.That(await Images.FindAsync(Repository, "devcache"), Is.Not.Null);
            Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync(Image), Is.EqualTo("hello"));
            var second = (await Project.PublishAsync()).Succeeded();
            Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));

            var config = Comparable(await Images.ConfigAsync(Repository));
            var archive = (await Project.PublishAsync(
                "-p:BuildKitLoad=false", "-p:ContainerArchiveOutputPath=image.tar", "-p:ContainerImageFormat=OCI", "-p:BuildKitProvenance=true"))
                .Succeeded();
            Assert.That(archive.Log.Warnings, Is.Empty);
            Assert.That(LayerFiles.ReadFile(Project.PathOf("image.tar")).Keys, Does.Contain("index.json"));

            var current = (await Machine.Engine.DockerAsync("buildx", "inspect")).Succeeded();
            Assert.That(current, Does.Contain("default"), "the user's current builder is another now");
            Assert.That(config, Is.EqualTo(Comparable(await PublishOnContainerdStoreAsync())));
        }
        finally
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", $"{TestRun.Id}-{Repository[..8]}");
        }
    }

    private async Task<EngineFixture> UseGraphDriverAsync()
    {
        var engine = await Machine.GraphDriverEngineAsync();
        Use(engine);
        return engine;
    }

    // The same files, pushed beside the first image by the engine that takes the configuration through its exporter.
    private async Task<JsonElement> PublishOnContainerdStoreAsync()
    {
        Use(Machine.Engine);
        (await Project.PublishAsync(
            $"-p:ContainerRepository={Repository}/fast", "-p:BuildKitBuilder=default", "-p:BuildKitDriver=docker", "-p:BuildKitLoad=false"))
            .Succeeded();
        return await Images.ConfigAsync($"{Repository}/fast");
    }

    // Sorted, because the order of labels has no meaning; ArgsEscaped is BuildKit's mark on CMD lines, for Windows alone.
    private static string Comparable(JsonElement config) => string.Join('\n', Lines("", config)
        .Where(line => line.StartsWith("/architecture", StringComparison.Ordinal) || line.StartsWith("/os:", StringComparison.Ordinal)
            || line.StartsWith("/config/", StringComparison.Ordinal))
        .Where(line => !line.StartsWith("/config/ArgsEscaped", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Lines($"{path}/{property.Name}", property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Lines($"{path}/{index}", item)),
        // Read, because writers escape differently.
        JsonValueKind.String => [$"{path}: {value.GetString()}"],
        _ => [$"{path}: {value.GetRawText()}"],
    };
}
