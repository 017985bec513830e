namespace BuildKit.Tasks.EngineTests;

public sealed class PublishShopStory : Story
{
    [Test]
    public async Task Publish_makes_an_image_that_runs_and_answers()
    {
        UseShop();
        var result = await PublishAsync(["publish", "Shop.Api"]);
        Assert.That(result.Output, Does.Contain($"Shop.Api -> {Image}:latest@sha256:"));

        var config = (await Images.ConfigAsync(Repository)).GetProperty("config");
        Assert.That(config.GetProperty("WorkingDir").GetString(), Is.EqualTo("/app/").Or.EqualTo("/app"));
        Assert.That(config.GetProperty("User").GetString(), Is.EqualTo("1654"));
        Assert.That(config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name), Is.EqualTo(new[] { "8080/tcp" }));
        Assert.That(config.GetProperty("Env").EnumerateArray().Select(line => line.GetString()), Does.Contain("ASPNETCORE_HTTP_PORTS=8080"));
        Assert.That(
            config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()),
            Is.EqualTo(new[] { "dotnet", "/app/Shop.Api.dll" }));
        Assert.That(await new EngineImages(Machine.Engine).GetAsync(Image, "/"), Is.EqualTo("Shop sells coffee and tea"));
    }

    [Test]
    public async Task Layers_are_ordered_by_how_often_they_change_and_readable_for_everyone()
    {
        UseShop();
        await PublishAsync(["publish", "Shop.Api"]);
        var layers = (await Images.ManifestAsync(Repository)).Layers;
        var own = layers.Skip((await Images.ManifestAsync("dotnet/aspnet", "10.0")).Layers.Count).ToList();
        var packages = LayerFiles.Read(await Images.BlobAsync(Repository, own[0]));
        var application = LayerFiles.Read(await Images.BlobAsync(Repository, own[^1]));
        Assert.That(packages.Keys, Does.Contain("app/Humanizer.dll").And.Contain("app/Dapper.dll").And.No.Member("app/Shop.Api.dll"));
        Assert.That(application.Keys, Does.Contain("app/Shop.Api.dll").And.Contain("app/Shop.Core.dll").And.No.Member("app/Dapper.dll"));
        Assert.That(application["app/Shop.Api.dll"], Is.EqualTo((UnixFileMode)0b110_100_100));
        Assert.That(application["app/Shop.Api"], Is.EqualTo((UnixFileMode)0b111_101_101));
    }

    [Test]
    public async Task One_changed_line_sends_the_application_layer_alone()
    {
        UseShop();
        await PublishAsync(["publish", "Shop.Api"]);
        var before = (await Images.ManifestAsync(Repository)).Layers;
        var program = Project.PathOf("Shop.Api/Program.cs");
        await File.WriteAllTextAsync(program, (await File.ReadAllTextAsync(program)).Replace("Shop sells", "Today we sell", StringComparison.Ordinal));

        await PublishAsync(["publish", "Shop.Api", "--no-restore"]);
        var after = (await Images.ManifestAsync(Repository)).Layers;
        Assert.That(after, Has.Count.EqualTo(before.Count));
        Assert.That(after.Except(before), Is.EqualTo(new[] { after[^1] }));
        Assert.That(await new EngineImages(Machine.Engine).GetAsync(Image, "/"), Is.EqualTo("Today we sell coffee and tea"));
    }

    [TestCase("-m:1")]
    [TestCase("-m:4")]
    [TestCase("-mt")]
    public async Task A_solution_gives_one_image_for_its_one_application(string nodes)
    {
        UseShop();
        var result = await PublishAsync(["publish", "Shop.slnx", nodes]);
        Assert.That(result.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    private void UseShop() => Project.CopyFrom(RepositoryRoot.PathOf("tests/samples/Shop"));

    // The sample is used as it is; what differs arrives by environment variables.
    private async Task<DotnetResult> PublishAsync(string[] arguments) =>
        (await Project.DotnetAsync(arguments, variables: new Dictionary<string, string?>
        {
            ["BuildKitTasksVersion"] = Machine.Feed.Version,
            ["ContainerRegistry"] = Machine.Registry.Address,
            ["ContainerRepository"] = Repository,
            ["ContainerBaseImage"] = BaseImage("aspnet"),
        })).Succeeded();
}
