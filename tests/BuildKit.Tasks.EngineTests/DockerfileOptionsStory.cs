namespace BuildKit.Tasks.EngineTests;

public sealed class DockerfileOptionsStory : Story
{
    [Test]
    public async Task Stage_arguments_labels_and_hosts_reach_the_build()
    {
        WriteDockerfile($"""
            FROM {BaseImages.Debian} AS first
            ARG GREETING
            ARG FROM_ENVIRONMENT
            RUN echo "$GREETING $FROM_ENVIRONMENT" > /said && grep '10.1.2.3.*backend' /etc/hosts
            CMD ["cat", "/said"]
            FROM scratch AS last
            COPY nothing-of-this-name /
            """, "<BuildKitTargetStage>first</BuildKitTargetStage>", """
            <BuildKitBuildArg Include="GREETING" Value="a, b; $HOME &quot;c&quot;" />
            <BuildKitBuildArg Include="FROM_ENVIRONMENT" />
            <ContainerLabel Include="org.example.team" Value="shop, &quot;one&quot;" />
            <BuildKitExtraHost Include="backend" Address="10.1.2.3" />
            """);
        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?> { ["FROM_ENVIRONMENT"] = "given" })).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("a, b; $HOME \"c\" given"));
        var labels = (await Images.ConfigAsync(Repository)).GetProperty("config").GetProperty("Labels");
        Assert.That(labels.GetProperty("org.example.team").GetString(), Is.EqualTo("shop, \"one\""));

        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?> { ["FROM_ENVIRONMENT"] = "changed" })).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Does.EndWith("changed"));
    }

    [Test]
    public async Task No_cache_runs_every_step_again_and_force_builds_with_the_cache()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN cat /proc/sys/kernel/random/uuid > /id\nCMD [\"cat\", \"/id\"]\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var first = await Images.ManifestAsync(Repository);

        var forced = (await Project.DotnetAsync(["publish", "-p:BuildKitForce=true"])).Succeeded();
        Assert.That(forced.Log.Tasks, Does.Contain("DockerBuildxBuild"));
        Assert.That((await Images.ManifestAsync(Repository)).Layers, Is.EqualTo(first.Layers));

        (await Project.DotnetAsync(["publish", "-p:BuildKitNoCache=true"])).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Layers[^1], Is.Not.EqualTo(first.Layers[^1]));
    }

    [Test]
    public async Task Pull_builds_again_when_the_base_moved()
    {
        (await Machine.Engine.DockerAsync("buildx", "imagetools", "create", "-t", $"{Image}/base:1", BaseImages.Debian)).Succeeded();
        WriteDockerfile($"FROM {Image}/base:1\nCOPY Dockerfile /\n", "<BuildKitPull>true</BuildKitPull>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var second = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(second.Output, Does.Contain("unchanged"));

        (await Machine.Engine.DockerAsync("buildx", "imagetools", "create", "-t", $"{Image}/base:1", BaseImages.Of("runtime-deps"))).Succeeded();
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image, "printenv", "APP_UID"), Is.EqualTo("1654"));
    }

    [Test]
    public async Task A_folder_may_be_a_named_context()
    {
        WriteDockerfile("FROM scratch\nCOPY --from=assets . /assets/\n",
            items: "<BuildKitNamedContext Include=\"assets\" Source=\"../assets of ours\" />");
        Directory.CreateDirectory(Project.PathOf("project"));
        File.Move(Project.PathOf("image.proj"), Project.PathOf("project/image.proj"));
        File.Move(Project.PathOf("Dockerfile"), Project.PathOf("project/Dockerfile"));
        Project.Write("assets of ours/a.txt", "one");
        (await Project.DotnetAsync(["publish"], "project")).Succeeded();
        var first = await Images.ManifestAsync(Repository);
        Project.Write("assets of ours/a.txt", "two");
        (await Project.DotnetAsync(["publish"], "project")).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Digest, Is.Not.EqualTo(first.Digest));
    }
}
