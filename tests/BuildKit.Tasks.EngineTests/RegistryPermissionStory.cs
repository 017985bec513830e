namespace BuildKit.Tasks.EngineTests;

public sealed class RegistryPermissionStory : Story
{
    [Test]
    public async Task A_registry_that_wants_a_login_says_so()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK5001");
        Assert.That(error.Text, Does.Contain($"docker login {registry.Address}"));
    }

    [Test]
    public async Task A_base_image_that_may_not_be_read_is_at_its_FROM_with_the_login_that_was_missing()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile($"FROM scratch AS a\nFROM {registry.Address}/base:1\n");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK3006");
        Assert.That(error.Line, Is.EqualTo(2));
        Assert.That(error.Text, Does.Contain("; there is no login for it on this machine)"));
    }

    [Test]
    public async Task With_a_login_the_image_is_pushed_and_the_next_publish_sees_that_nothing_changed()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        // A configuration of the test's own: the engine's has no login.
        var config = Directory.CreateDirectory(Project.PathOf("config/cli-plugins")).Parent!.FullName;
        File.CreateSymbolicLink(
            Path.Combine(config, "cli-plugins/docker-buildx"),
            Path.Combine(Machine.Engine.Environment["DOCKER_CONFIG"], "cli-plugins/docker-buildx"));
        var login = Convert.ToBase64String("someone:open-sesame"u8);
        await File.WriteAllTextAsync(Path.Combine(config, "config.json"), $$$"""{"auths": {"{{{registry.Address}}}": {"auth": "{{{login}}}"} } }""");
        var variables = new Dictionary<string, string?>
        {
            ["DOCKER_CONFIG"] = config,
            ["SSL_CERT_FILE"] = registry.AuthorityFile,
        };
        (await Project.DotnetAsync(["restore"])).Succeeded();
        (await Project.DotnetAsync(["publish", "--no-restore"], variables: variables)).Succeeded();
        var second = (await Project.DotnetAsync(["publish", "--no-restore"], variables: variables)).Succeeded();
        Assert.That(second.Output, Does.Contain("unchanged"));
    }
}
