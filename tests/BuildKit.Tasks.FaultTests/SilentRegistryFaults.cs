namespace BuildKit.Tasks.FaultTests;

/// <summary>Registries that take a request and never answer it.</summary>
public sealed class SilentRegistryFaults : Story
{
    private const string Quick = "<BuildKitRegistryTimeout>1.5</BuildKitRegistryTimeout><BuildKitStallTimeout>3</BuildKitStallTimeout>";

    [Test]
    public async Task The_caches_of_a_registry_that_hangs_are_left_out()
    {
        using var registry = new MoodyRegistry((_, path) => path.Contains("/manifests/", StringComparison.Ordinal) ? RegistryMood.Hang
            : RegistryMood.Through);
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n",
            $"{Quick}<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        foreach (var again in new[] { false, true })
        {
            Project.Write("Dockerfile", $"FROM scratch\nCOPY Dockerfile /{again}\n");
            var warning = (await Project.DotnetAsync(["publish"])).Succeeded().Log.Warnings.Single();
            Assert.That((warning.Code, warning.Text.Contains($"{registry.Address}/{Repository}:devcache", StringComparison.Ordinal)),
                Is.EqualTo(("BK4013", true)), warning.Text);
        }

        // BuildKit was not sent there, or the engine would begin no step of any build now.
        Assert.That(registry.Requests.Count(request => request.StartsWith("HEAD", StringComparison.Ordinal)), Is.EqualTo(4),
            string.Join('\n', registry.Requests));
    }

    [TestCase("PUT", "/manifests/", "pushing manifest")]
    [TestCase("P", "/blobs/uploads/", "pushing layers", Category = "Long")]
    public async Task A_push_that_hangs_ends_and_the_next_one_works(string method, string path, string step)
    {
        var hangs = true;
        using var registry = new MoodyRegistry((asked, at) => hangs && asked.StartsWith(method, StringComparison.Ordinal)
            && at.Contains(path, StringComparison.Ordinal)
            && !(asked == "POST" && path.Contains("uploads", StringComparison.Ordinal)) ? RegistryMood.Hang : RegistryMood.Through);
        WriteDockerfile($"FROM scratch\nCOPY Dockerfile /{Repository}\n",
            $"{Quick}<ContainerRegistry>{registry.Address}</ContainerRegistry><BuildKitCacheType>None</BuildKitCacheType>");
        var result = await Project.DotnetAsync(["publish"]);
        var error = result.FailedWith("BK1070");
        Assert.That(error.Text, Does.Contain($"the builder waits for {registry.Address}").And.Contains(step).And.Contains("restart the engine"));
        Assert.That(result.Output, Does.Match($@"without progress: the builder waits for {registry.Address} .*BuildKitStallTimeout"));
        hangs = false;
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_registry_that_answers_nothing_is_named_before_the_build_and_ends_it()
    {
        using var registry = new MoodyRegistry((_, _) => RegistryMood.Hang);
        WriteDockerfile($"FROM scratch\nCOPY Dockerfile /{Repository}\n", $"{Quick}<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var result = await Project.DotnetAsync(["publish"]);
        Assert.That(result.FailedWith("BK1070").Text, Does.Contain(registry.Address));
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4013" }));
        Assert.That(result.Output, Does.Contain($"Waiting for the registry {registry.Address}").And.Contains("BK5021"));
    }

    [Test]
    public async Task A_token_server_that_hangs_is_named()
    {
        MoodyRegistry registry = null!;
        using (registry = new MoodyRegistry((_, path) => path == "/token" ? RegistryMood.Hang
            : RegistryMood.Answer(401, ("WWW-Authenticate", $"Bearer realm=\"http://{registry.Address}/token\",service=\"tokens\""))))
        {
            WriteDockerfile($"FROM scratch\nCOPY Dockerfile /{Repository}\n", $"{Quick}<ContainerRegistry>{registry.Address}</ContainerRegistry>");
            var result = await Project.DotnetAsync(["publish"]);
            Assert.That(result.FailedWith("BK1070").Text, Does.Contain("token").And.Contains(registry.Address));
            Assert.That(result.Output, Does.Contain($"sends to {registry.Address} for a token"));
        }
    }

    [Test]
    public async Task A_base_image_that_never_comes_ends_the_build()
    {
        await using var engine = await EngineFixture.StartAsync("base-hang");
        Use(engine);
        using var registry = new MoodyRegistry((_, path) => path.Contains("/manifests/", StringComparison.Ordinal) ? RegistryMood.Hang
            : RegistryMood.Through);
        WriteDockerfile($"FROM {registry.Address}/debian:bookworm-slim\nRUN echo a\n", Quick);
        Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK1070").Text, Does.Contain(registry.Address));
    }

    [Test]
    public async Task An_engine_that_begins_no_step_since_somebody_read_a_hanging_cache_is_told()
    {
        await using var engine = await EngineFixture.StartAsync("stuck");
        Use(engine);
        using var registry = new MoodyRegistry((_, path) => path.Contains("/manifests/", StringComparison.Ordinal) ? RegistryMood.Hang
            : RegistryMood.Through);
        WriteDockerfile($"FROM scratch\nCOPY Dockerfile /{Repository}\n", Quick);
        (await Command.RunAsync("timeout", ["-s", "INT", "5", engine.ProgramOf("docker"), "buildx", "build", "--cache-from",
            $"type=registry,ref={registry.Address}/x:cache", "."],
            Project.Folder, engine.Environment)).ToString();
        Assert.That(registry.Requests, Is.Not.Empty);
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK1071");
        Assert.That(error.Text, Does.Contain("begins no step").And.Contains("Restart the engine"));

        // What frees it.
        registry.Dispose();
        (await Project.DotnetAsync(["publish"])).Succeeded();
    }

    [Test]
    [Category("Long")]
    public async Task A_bake_whose_push_hangs_ends()
    {
        using var registry = new MoodyRegistry((method, path) => method == "PUT" && path.Contains("/manifests/", StringComparison.Ordinal)
            ? RegistryMood.Hang : RegistryMood.Through);
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup>{Quick}<BuildKitCacheType>None</BuildKitCacheType></PropertyGroup>
              <ItemGroup><BuildKitProject Include="a/image.proj;b/image.proj" /></ItemGroup>
            </Project>
            """);
        foreach (var name in new[] { "a", "b" })
        {
            Project.Write($"{name}/image.proj", WithoutCode($"""
                {Quick}<ContainerRegistry>{registry.Address}</ContainerRegistry><ContainerRepository>{Repository}-{name}</ContainerRepository>
                <BuildKitCacheType>None</BuildKitCacheType>
                """));
            Project.Write($"{name}/Dockerfile", $"FROM scratch\nCOPY Dockerfile /{Repository}\n");
        }

        var result = await Project.DotnetAsync(["publish", "images.proj"]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Log.Errors.Select(error => error.Code), Has.Some.EqualTo("BK1070").And.None.EqualTo("BK9001"));
    }
}
