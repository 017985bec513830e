using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Drivers;
using BuildKit.Core.Images;

namespace BuildKit.Tasks.Tests;

public sealed class TaskItemsTests
{
    private static IEnumerable<string> Backends => CacheBackend.Names;

    [TestCaseSource(nameof(Backends))]
    public void A_cache_goes_through_an_item_unchanged(string type)
    {
        string[] odd = ["%3B;%", "a b", "x=y,\"z\"", "ü", "*?"];
        var cache = new CacheReference(type,
            [.. CacheBackend.AttributesOf(type).Select((name, i) => new KeyValuePair<string, string>(name, odd[i % odd.Length] + i))]);
        var item = TaskItems.FromCache(cache, "sh%op");
        Assert.That(TaskItems.ToCache(item), Is.EqualTo(cache));
        Assert.That(item.GetMetadata("Image"), Is.EqualTo("sh%op"));
    }

    [Test]
    public void A_cache_without_a_type_is_a_registry_reference() =>
        Assert.That(TaskItems.ToCache(TaskFixture.Item("x", ("Ref", "r/c:1"), ("Mode", "max"), ("Unknown", "1"))).ToString(),
            Is.EqualTo("type=registry,ref=r/c:1,mode=max"));

    [Test]
    public void A_builder_goes_through_an_item_unchanged()
    {
        foreach (var driver in Enum.GetValues<BuilderDriver>())
        {
            var builder = new Builder
            { Name = "b%3B", Driver = driver, ContainerdStore = true, Endpoint = "tcp://h:1", EngineVersion = "28", BuildxVersion = "0.29" };
            Assert.That(TaskItems.ToBuilder(TaskItems.FromBuilder(builder)), Is.EqualTo(builder));
        }

        Assert.That(TaskItems.FromBuilder(new Builder { Name = "", Driver = BuilderDriver.Docker }).ItemSpec, Is.EqualTo("default"));
    }

    [Test]
    public void An_image_keeps_JSON_and_numbers()
    {
        var item = TaskItems.FromImage(new BuiltImage
        {
            Name = "shop",
            References = ["r/shop:1", "r/shop:2"],
            ConfigJson = """{"a":"50%3B \\ ;"}""",
            Seconds = 1.25,
            Files = ["/out/a.tar|3|4", "/out/folder"],
            Platforms = ["linux/amd64", "linux/arm64"],
        });
        Assert.Multiple(() =>
        {
            Assert.That(item.GetMetadata("Configuration"), Is.EqualTo("""{"a":"50%3B \\ ;"}"""));
            Assert.That(item.GetMetadata("References"), Is.EqualTo("r/shop:1;r/shop:2"));
            Assert.That(item.GetMetadata("Seconds"), Is.EqualTo("1.25"));
            Assert.That(item.GetMetadata("Files"), Is.EqualTo("/out/a.tar;/out/folder"));
            Assert.That((item.GetMetadata("PushedBytes"), item.GetMetadata("Unchanged")), Is.EqualTo(("-1", "false")));
        });
    }

    [Test]
    public void Only_an_items_own_metadata_is_read()
    {
        var setting = TaskItems.ToSettings([TaskFixture.Item("/a/b.txt", ("Value", " x "), ("image", "web"))]).Single();
        Assert.That(setting.Metadata.Keys, Is.EquivalentTo(new[] { "Value", "image" }));
        Assert.That((setting["Value"], setting["Image"]), Is.EqualTo(("x", "web")));
    }

    [Test]
    public void The_last_property_of_a_name_wins() => Assert.That(
        TaskItems.ToProperties([TaskFixture.Item("A", ("Value", "1")), TaskFixture.Item("A", ("Value", "2"))]),
        Is.EqualTo(new Dictionary<string, string> { ["A"] = "2" }));
}
