namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// The README's sample, as it is: published as a solution, published again on one and on several nodes, one line
/// changed, published. That is done once; the tests look at what it left.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class PublishShopStory
{
    private const string Shop = "shop-api";
    private TestProject folder = null!;
    private DotnetResult first = null!, oneNode = null!, multiThreaded = null!, changed = null!;
    private RegistryManifest before = null!, after = null!;

    private static string Image => $"{Machine.Registry.Address}/{Shop}";

    private static RegistryImages Images => Machine.Registry.Images;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        folder = new TestProject(nameof(PublishShopStory), Machine.Engine.Environment);
        folder.CopyFrom(RepositoryRoot.PathOf("samples/Shop"));
        first = await PublishAsync("Shop.slnx");
        before = await Images.ManifestAsync(Shop);
        oneNode = await PublishAsync("Shop.slnx", "--no-restore", "-m:1");
        multiThreaded = await PublishAsync("Shop.slnx", "--no-restore", "-mt");

        var program = folder.PathOf("Shop.Api/Program.cs");
        await File.WriteAllTextAsync(program,
            (await File.ReadAllTextAsync(program)).Replace("Shop sells", "Today we sell", StringComparison.Ordinal));
        changed = await PublishAsync("Shop.Api", "--no-restore", "-mt");
        after = await Images.ManifestAsync(Shop);
    }

    [OneTimeTearDown]
    public void RemoveShop() => folder.Close(TestContext.CurrentContext.Result.FailCount > 0);

    [Test]
    public void A_solution_gives_one_image_for_its_one_application()
    {
        Assert.That(first.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(first.Output, Does.Contain($"Shop.Api -> pushed {Image}:latest\n").And.Contain(before.Digest));
    }

    [Test]
    public async Task The_image_is_configured_as_the_SDK_would()
    {
        var config = (await Images.ConfigAsync(Shop)).GetProperty("config");
        Assert.That(config.GetProperty("WorkingDir").GetString(), Is.EqualTo("/app/").Or.EqualTo("/app"));
        Assert.That(config.GetProperty("User").GetString(), Is.EqualTo("1654"), "not root");
        Assert.That(config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name), Is.EqualTo(new[] { "8080/tcp" }));
        Assert.That(config.GetProperty("Env").EnumerateArray().Select(line => line.GetString()), Does.Contain("ASPNETCORE_HTTP_PORTS=8080"));
        Assert.That(
            config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()),
            Is.EqualTo(new[] { "dotnet", "/app/Shop.Api.dll" }));
    }

    [Test]
    public async Task The_image_runs_and_answers()
    {
        var images = new EngineImages(Machine.Engine);
        Assert.That(await images.GetAsync($"{Image}@{before.Digest}", "/"), Is.EqualTo("Shop sells coffee & tea"));
        Assert.That(await images.GetAsync(Image, "/"), Is.EqualTo("Today we sell coffee & tea"));
    }

    [Test]
    public async Task Packages_lie_below_the_application_and_all_is_readable_for_everyone()
    {
        var bases = (await Images.ManifestAsync("dotnet/aspnet", "10.0")).Layers.Count;
        var own = before.Layers.Skip(bases).ToList();
        var packages = LayerFiles.Read(await Images.BlobAsync(Shop, own[0]));
        var application = LayerFiles.Read(await Images.BlobAsync(Shop, own[^1]));
        Assert.That(packages.Keys, Does.Contain("app/Humanizer.dll").And.Contain("app/Microsoft.EntityFrameworkCore.dll"));
        Assert.That(packages.Keys.Where(path => path.StartsWith("app/Shop.", StringComparison.Ordinal)), Is.Empty);
        Assert.That(application.Keys,
            Does.Contain("app/Shop.Api.dll").And.Contain("app/Shop.Core.dll").And.No.Member("app/Microsoft.EntityFrameworkCore.dll"));
        Assert.That(application["app/Shop.Api.dll"], Is.EqualTo((UnixFileMode)0b110_100_100));
        Assert.That(application["app/Shop.Api"], Is.EqualTo((UnixFileMode)0b111_101_101));
    }

    [Test]
    public void Nothing_changed_is_seen_however_many_nodes_there_are()
    {
        foreach (var result in new[] { oneNode, multiThreaded })
        {
            Assert.That(result.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));
            Assert.That(result.Output, Does.Contain("unchanged"));
        }
    }

    [Test]
    public void A_multithreaded_MSBuild_runs_every_task_of_a_build()
    {
        Assert.That(changed.Log.Tasks, Is.SupersetOf(new[] { "PlanBuilds", "EnsureBuildKit", "ResolveCacheRefs", "DockerBuildxBuild" }));
        Assert.That(changed.Output, Does.Contain($"Shop.Api -> pushed {Image}:latest\n").And.Contain(after.Digest));
    }

    [Test]
    public void One_changed_line_sends_the_application_layer_alone()
    {
        Assert.That(after.Layers, Has.Count.EqualTo(before.Layers.Count));
        Assert.That(after.Layers.Except(before.Layers), Is.EqualTo(new[] { after.Layers[^1] }));
    }

    // The sample is used as it is; what differs arrives by environment variables.
    private async Task<DotnetResult> PublishAsync(params string[] arguments) =>
        (await folder.DotnetAsync(["publish", .. arguments], variables: new Dictionary<string, string?>
        {
            ["BuildKitTasksVersion"] = Machine.Feed.Version,
            ["ContainerRegistry"] = Machine.Registry.Address,
            ["ContainerBaseImage"] = BaseImages.Of("aspnet"),
        })).Succeeded();
}
