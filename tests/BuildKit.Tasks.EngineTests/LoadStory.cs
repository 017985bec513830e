namespace BuildKit.Tasks.EngineTests;

/// <summary>Loading into the engine from a builder with a store of its own, which sends the whole image each time.</summary>
public sealed class LoadStory : Story
{
    private static string Builder => $"{TestRun.Id}-load-{TestContext.CurrentContext.Test.ID}";

    [TestCase(false)]
    [TestCase(true, Category = "Long")]
    public async Task An_image_that_the_engine_has_is_not_sent_again(bool graphDriver)
    {
        var engine = graphDriver ? await Machine.GraphDriverEngineAsync() : Machine.Engine;
        Use(engine);
        try
        {
            var dockerfile = $"FROM {BaseImages.Debian}\nCOPY a /\n";
            Write(dockerfile);
            Assert.That(await BuildAsync(), Does.Not.Contain("not loaded again"));
            Assert.That(await ReadAsync(engine), Is.EqualTo("1"));

            // A comment changes the inputs and not the image.
            Project.Write("Dockerfile", dockerfile + "# the end\n");
            Assert.That(await BuildAsync(), Does.Contain("not loaded again"));
            Assert.That(await ReadAsync(engine), Is.EqualTo("1"));

            Project.Write("a", "2");
            Assert.That(await BuildAsync(), Does.Not.Contain("not loaded again"));
            Assert.That(await ReadAsync(engine), Is.EqualTo("2"));

            // What the name means in the engine counts, not what was loaded once.
            (await engine.DockerAsync("tag", await BaseImageAsync(engine), $"{Repository}:latest")).Succeeded();
            Assert.That(await BuildAsync(), Does.Not.Contain("not loaded again"));
            Assert.That(await ReadAsync(engine), Is.EqualTo("2"));
        }
        finally
        {
            await engine.DockerAsync("buildx", "rm", "-f", Builder);
        }
    }

    [Test]
    public async Task A_builder_in_another_engine_loads_into_the_one_in_use()
    {
        var other = await Machine.GraphDriverEngineAsync();
        try
        {
            Write($"FROM {BaseImages.Debian}\nCOPY a /\n", $"<BuildKitBuilderEndpoint>{other.Environment["DOCKER_HOST"]}</BuildKitBuilderEndpoint>");
            await BuildAsync();
            Assert.That(await ReadAsync(Machine.Engine), Is.EqualTo("1"));
            Assert.That((await other.DockerAsync("ps", "--format", "{{.Names}}")).Succeeded(), Does.Contain($"buildx_buildkit_{Builder}0"));
            Assert.That((await other.DockerAsync("image", "ls", "-q", $"{Repository}:latest")).Succeeded(), Is.Empty);
        }
        finally
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", Builder);
        }
    }

    private void Write(string dockerfile, string properties = "")
    {
        WriteDockerfile(dockerfile,
            $"<BuildKitBuilder>{Builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver><ContainerRegistry>"
                + $"</ContainerRegistry>{properties}", ContainerOptions);
        Project.Write("a", "1");
    }

    private async Task<string> BuildAsync() => (await Project.DotnetAsync(["publish", "-v:n"])).Succeeded().Output;

    private async Task<string> ReadAsync(EngineFixture engine) =>
        await new EngineImages(engine).RunLoadedAsync($"{Repository}:latest", "cat", "/a");

    private static async Task<string> BaseImageAsync(EngineFixture engine)
    {
        (await engine.DockerAsync("pull", "-q", BaseImages.Debian)).Succeeded();
        return BaseImages.Debian;
    }
}
