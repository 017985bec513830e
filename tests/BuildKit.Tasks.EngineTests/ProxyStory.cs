namespace BuildKit.Tasks.EngineTests;

/// <summary>Proxies are those of Docker: its configuration reaches RUN steps, the shell's variables do not, as with docker build.</summary>
public sealed class ProxyStory : Story
{
    private const string Proxy = "http://proxy.company.example:3128";

    [Test]
    public async Task Dockers_proxies_reach_the_steps_and_not_the_image()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN test \"$HTTP_PROXY $no_proxy\" = '{Proxy} .company.example'\n");
        var config = Directory.CreateDirectory(Project.PathOf("config/cli-plugins")).Parent!.FullName;
        File.CreateSymbolicLink(
            Path.Combine(config, "cli-plugins/docker-buildx"),
            Path.Combine(Machine.Engine.Environment["DOCKER_CONFIG"], "cli-plugins/docker-buildx"));
        Project.Write("config/config.json", $$$"""{"proxies": {"default": {"httpProxy": "{{{Proxy}}}", "noProxy": ".company.example"} } }""");
        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?> { ["DOCKER_CONFIG"] = config })).Succeeded();
        Assert.That((await Images.ConfigAsync(Repository)).GetProperty("config").GetRawText(), Does.Not.Contain("company.example"));
    }

    [Test]
    public async Task The_shells_proxy_reaches_a_step_by_an_item_only()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN test -z \"$HTTP_PROXY\"\n", "",
            "<BuildKitBuildArg Include=\"HTTP_PROXY\" Condition=\"'$(Hand)' == 'true'\" />");
        (await Project.DotnetAsync(["restore"])).Succeeded();
        var variables = new Dictionary<string, string?> { ["HTTP_PROXY"] = Proxy };
        (await Project.DotnetAsync(["publish", "--no-restore"], variables: variables)).Succeeded();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN test \"$HTTP_PROXY\" = {Proxy}\n");
        (await Project.DotnetAsync(["publish", "--no-restore", "-p:Hand=true"], variables: variables)).Succeeded();
    }
}
