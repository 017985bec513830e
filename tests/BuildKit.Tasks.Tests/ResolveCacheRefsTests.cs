namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ResolveCacheRefsTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Test]
    public void Caches_are_resolved_for_every_image()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans =
        [
            fixture.Planned(task, "a", "a:1", pushes: false),
            fixture.Planned(task, "b", "localhost:1/b:1", pushes: true),
            fixture.Planned(task, "c", "", pushes: false),
        ];
        fixture.Set(task, ("BuildKitCacheProfile", "production"), ("BuildKitProductionCacheTag", "main"));
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.CacheFrom.Select(cache => $"{cache.GetMetadata("Image")} {cache.GetMetadata("Ref")}"),
            Is.EqualTo(new[] { "b localhost:1/b:main" }));
        Assert.That(task.CacheTo.Select(cache => $"{cache.GetMetadata("Type")} {cache.GetMetadata("Mode")} {cache.GetMetadata("IgnoreError")}"),
            Is.EqualTo(new[] { "registry max true" }));
    }

    [Test]
    public void A_builder_that_cannot_write_caches_is_one_warning_at_the_project()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: true)];
        task.Builder = TaskFixture.Item("default", ("Driver", "docker"), ("ContainerdStore", "false"));
        Assert.That(task.Execute(), Is.True);
        Assert.That(fixture.Engine.Warnings.Select(warning => (warning.Code, warning.File)), Is.EqualTo(new[] { ("BK4002", fixture.ProjectFile) }));
        Assert.That(task.CacheTo, Is.Empty);
    }

    [Test]
    public void Items_of_the_project_take_the_place_of_the_profiles()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: true)];
        fixture.Set(task, ("BuildKitCacheProfile", "Development"));
        TaskFixture.Add(task, "BuildKitCacheFrom", "localhost:1/base:c");
        TaskFixture.Add(task, "BuildKitCacheFrom", "auto");
        TaskFixture.Add(task, "BuildKitCacheFrom", "localhost:1/b:c", ("Image", "b"));
        TaskFixture.Add(task, "BuildKitCacheTo", "cache", ("Type", "local"), ("Mode", "max"));
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.CacheFrom.Select(cache => cache.GetMetadata("Ref")),
            Is.EqualTo(new[] { "localhost:1/base:c", "localhost:1/a:devcache", "localhost:1/a:buildcache" }));
        Assert.That(task.CacheTo.Single().GetMetadata("Dest"), Is.EqualTo(fixture.Folder.Full("cache")));
    }

    [TestCase("BuildKitCacheProfile", "x", "BK2001")]
    [TestCase("BuildKitCacheType", "x", "BK2001")]
    [TestCase("BuildKitCacheWrite", "x", "BK2001")]
    [TestCase("BuildKitCacheRepository", "X X", "BK2002")]
    [TestCase("BuildKitDevelopmentCacheTag", "-", "BK2003")]
    public void Wrong_cache_settings_are_errors(string property, string value, string code)
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: false)];
        fixture.Set(task, (property, value));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { code }));
    }
}
