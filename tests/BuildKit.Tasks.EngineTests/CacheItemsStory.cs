namespace BuildKit.Tasks.EngineTests;

/// <summary>Caches that the project describes itself, what is remembered of them, and cleaning up.</summary>
public sealed class CacheItemsStory : Story
{
    // A step of each test: BuildKit gives two builds that run the same one a single answer.
    private string Step => $"RUN cat /proc/sys/kernel/random/uuid > /id; : {Repository}";

    [Test]
    public async Task A_local_cache_is_replaced_whole_and_does_not_grow()
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nCOPY version /\n{Step}\n", "<BuildKitCacheType>None</BuildKitCacheType>",
            """<BuildKitCacheFrom Include="cache" Type="local" /><BuildKitCacheTo Include="cache" Type="local" Mode="max" />""");
        Project.Write(".dockerignore", "cache\nobj\n");
        var counts = new List<int>();
        foreach (var version in new[] { "1", "2", "3" })
        {
            Project.Write("version", version);
            Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Log.Warnings, Is.Empty);
            counts.Add(Directory.GetFiles(Project.PathOf("cache/blobs/sha256")).Length);
        }

        Assert.That(counts.Distinct().Count(), Is.EqualTo(1), string.Join(' ', counts));
        Assert.That(Directory.GetDirectories(Project.Folder).Select(Path.GetFileName), Has.None.Contains("partial"));

        var step = (await Images.ManifestAsync(Repository)).Layers[^1];
        await using var cold = await EngineFixture.StartAsync("cold-local");
        var other = NewProject(cold, "_other");
        other.CopyFrom(Project.Folder);
        (await other.DotnetAsync(["publish", "-p:BuildKitForce=true"])).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Layers[^1], Is.EqualTo(step), "a step that gives another result each time it runs");
        other.Close(failed: false);
    }

    [Test]
    public async Task A_key_that_BuildKit_would_pass_over_is_an_error_at_its_line()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", items: $"""<BuildKitCacheTo Include="{Image}:c" Modus="max" />""");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK4004");
        Assert.That(error.Text, Does.Contain("Modus"));
    }

    [Test]
    public async Task A_refused_cache_is_not_tried_again_until_it_is_forced()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile($"FROM {BaseImages.Debian}\nCOPY version /\n{Step}\n",
            $"<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        var warnings = new List<int>();
        foreach (var (version, options) in new[] { ("1", ""), ("2", ""), ("3", "-p:BuildKitForce=true") })
        {
            Project.Write("version", version);
            var result = (await Project.DotnetAsync(options.Length == 0 ? ["publish"] : ["publish", options])).Succeeded();
            warnings.Add(result.Log.Warnings.Count(warning => warning.Code == "BK4001"));
        }

        Assert.That(warnings, Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public async Task A_registry_that_goes_away_during_the_write_costs_one_warning_and_the_image_is_whole()
    {
        var registry = await RegistryFixture.StartAsync("dies");
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nRUN head -c 200000000 /dev/urandom > /big\n",
            $"<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        var build = Project.DotnetAsync(["publish"]);
        await UntilAsync(async () => await Images.FindAsync(Repository) is not null || build.IsCompleted);
        await registry.DisposeAsync();
        var result = (await build).Succeeded();
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4001" }));
        var last = (await Images.ManifestAsync(Repository)).Layers[^1];
        Assert.That(await Images.BlobAsync(Repository, last), Has.Length.GreaterThan(190_000_000));
    }

    [Test]
    public async Task The_list_and_the_cleaning_up_are_two_commands()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var cache = await Images.ManifestAsync(Repository, "devcache");
        await Images.PutAsync(Repository, "buildcache-old-branch", cache with { Text = cache.Text + "\n" });
        foreach (var tag in Enumerable.Range(1, 30))
        {
            await Images.PutAsync(Repository, $"v1.{tag}", await Images.ManifestAsync(Repository));
        }

        var list = (await Project.DotnetAsync(["build", "-t:BuildKitListCaches"])).Succeeded();
        Assert.That(list.Output, Does.Contain("devcache").And.Contain("buildcache-old-branch").And.Not.Contain("v1.30"));
        var dry = (await Project.DotnetAsync(["build", "-t:BuildKitPruneCaches", "-p:BuildKitPruneOlderThan=0m"])).Succeeded();
        Assert.That(dry.Output, Does.Contain("would remove 1 cache of"));
        Assert.That(await Images.FindAsync(Repository, "buildcache-old-branch"), Is.Not.Null);
        (await Project.DotnetAsync(["build", "-t:BuildKitPruneCaches", "-p:BuildKitPruneOlderThan=0m", "-p:BuildKitPruneConfirm=true"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "buildcache-old-branch"), Is.Null);
        Assert.That(await Images.FindAsync(Repository, "devcache"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository, "v1.30"), Is.Not.Null);
    }

    [Test]
    public async Task The_SDKs_credentials_are_enough_to_push()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        (await Project.DotnetAsync(["restore"])).Succeeded();
        var result = (await Project.DotnetAsync(["publish", "--no-restore"], variables: new Dictionary<string, string?>
        {
            ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "someone",
            ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "open-sesame",
            ["SSL_CERT_FILE"] = registry.AuthorityFile,
        })).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        Assert.That(result.Output, Does.Not.Contain("open-sesame"));
    }

    [Test]
    public async Task A_wrong_password_is_told_before_the_build()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var result = await Project.DotnetAsync(["publish"], variables: Login(registry, "open-barley"));
        Assert.That(result.FailedWith("BK5001").Text, Does.Contain("does not accept the login").And.Contain($"docker login {registry.Address}"));
        Assert.That(result.Log.Messages, Has.None.StartsWith("docker buildx build"));
        Assert.That(result.Output, Does.Not.Contain("open-barley"));
    }

    [Test]
    public async Task A_private_registry_with_TLS_is_listed_and_cleaned_up_with_Dockers_credentials()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY version /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var login = Login(registry, "open-sesame");
        foreach (var number in new[] { "1", "2" })
        {
            Project.Write("version", number);
            var branch = new Dictionary<string, string?>(login)
            {
                ["GITLAB_CI"] = "true",
                ["CI_DEFAULT_BRANCH"] = "main",
                ["CI_PIPELINE_SOURCE"] = "push",
                ["CI_COMMIT_BRANCH"] = number == "1" ? "main" : "old",
            };
            (await Project.DotnetAsync(["publish"], variables: branch)).Succeeded();
        }

        string[] prune = ["build", "-t:BuildKitPruneCaches", "-p:BuildKitPruneOlderThan=0m", "-p:BuildKitPruneConfirm=true"];
        Assert.That((await Project.DotnetAsync(prune, variables: Login(registry, "wrong"))).FailedWith("BK7003").Text, Does.Contain("docker login"));
        var list = (await Project.DotnetAsync(["build", "-t:BuildKitListCaches"], variables: login)).Succeeded();
        Assert.That(list.Output, Does.Contain("buildcache-old"));
        (await Project.DotnetAsync(prune, variables: login)).Succeeded();
        list = (await Project.DotnetAsync(["build", "-t:BuildKitListCaches"], variables: login)).Succeeded();
        Assert.That(list.Output, Does.Match(@"\bbuildcache +\d").And.Not.Contain("buildcache-old"));
    }

    // The engine's own configuration has no login; docker login would write this one.
    private Dictionary<string, string?> Login(RegistryFixture registry, string password)
    {
        var config = Directory.CreateDirectory(Path.Combine(Project.Folder, "obj", "login-" + password)).FullName;
        var plugin = Path.Combine(Directory.CreateDirectory(Path.Combine(config, "cli-plugins")).FullName, "docker-buildx");
        File.CreateSymbolicLink(plugin, Path.Combine(Machine.Engine.Environment["DOCKER_CONFIG"], "cli-plugins/docker-buildx"));
        var login = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("someone:" + password));
        File.WriteAllText(Path.Combine(config, "config.json"), $$$"""{"auths": {"{{{registry.Address}}}": {"auth": "{{{login}}}"} } }""");
        return new Dictionary<string, string?> { ["DOCKER_CONFIG"] = config, ["SSL_CERT_FILE"] = registry.AuthorityFile };
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 3000 && !await condition(); attempt++)
        {
            await Task.Delay(20);
        }
    }
}
