using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.CacheReferences;

public sealed class CacheItemTests
{
    private static readonly ResolvedCaches Automatic = new(
        [CacheReference.Registry("r.example.com/shop:devcache")],
        [CacheReference.Registry("r.example.com/shop:devcache", new KeyValuePair<string, string>("mode", "max"))], "", []);

    [Test]
    public void All_that_is_wrong_in_names_and_items_is_told_at_its_line_without_a_builder()
    {
        using var folder = new TestFolder();
        var project = folder.Write("p.csproj", """
            <Project>
              <BuildKitCacheRepository>Up per</BuildKitCacheRepository>
              <BuildKitCacheTo Include="s3" />
              <BuildKitCacheFrom Include="r.example.com/x:c" Mode="max" />
            </Project>
            """);
        static SettingItem Of(CacheItem item) => new(item.Include, item.Metadata);
        var found = CacheSettings.Check(ProjectOf.Properties(("BuildKitCacheRepository", "Up per")) with
        {
            ProjectFile = project,
            Items = new Dictionary<string, IReadOnlyList<SettingItem>>
            {
                ["BuildKitCacheFrom"] = [Of(Item("", "", false)), Of(Item("r.example.com/x:c", "Mode=max", false))],
                ["BuildKitCacheTo"] = [Of(Item("s3", "", true)), Of(Item("auto", "", true))],
            },
        });
        Assert.That(found.Select(diagnostic => (diagnostic.Code, diagnostic.Location?.Line)),
            Is.EqualTo(new[] { ("BK2002", (int?)2), ("BK4004", 4), ("BK4004", 3) }));
    }

    // item, metadata -> what BuildKit gets
    [TestCase("r.example.com/x:c", "", "type=registry,ref=r.example.com/x:c,ignore-error=true")]
    [TestCase("mine", "Type=registry;Ref=r.example.com/x:c;Mode=max;IgnoreError=false",
        "type=registry,ref=r.example.com/x:c,mode=max,ignore-error=false")]
    [TestCase("r.example.com/x:c", "compression=zstd;CompressionLevel=3;ForceCompression=true",
        "type=registry,ref=r.example.com/x:c,ignore-error=true,compression=zstd,compression-level=3,force-compression=true")]
    [TestCase("inline", "", "type=inline")]
    [TestCase("gha", "", "type=gha,ignore-error=true,scope=shop-release-linux-amd64")]
    [TestCase("gha", "Scope=mine;Version=2;Timeout=10m", "type=gha,scope=mine,timeout=10m,version=2,ignore-error=true")]
    [TestCase("../cache", "Type=local;Mode=max", "type=local,dest=/repo/cache,mode=max,ignore-error=true")]
    [TestCase("s3", "Bucket=b;Region=eu;UsePathStyle=true;Name=", "type=s3,bucket=b,region=eu,use_path_style=true,ignore-error=true")]
    [TestCase("azblob", "AccountUrl=https://a.example.com;Image=shop", "type=azblob,account_url=https://a.example.com,ignore-error=true")]
    public void Are_what_BuildKit_takes(string include, string metadata, string expected) =>
        Assert.That(Apply(Item(include, metadata, true)).To.Single().ToString(),
            Is.EqualTo(expected.Replace("/repo/cache", Path.GetFullPath("/repo/cache"), StringComparison.Ordinal)));

    [TestCase("r.example.com/x:c", "Mod=max", true, "registry has no \"Mod\"; it has Ref, Mode,")]
    [TestCase("r.example.com/x:c", "Bucket=b", true, "Bucket belongs to s3, not to registry")]
    [TestCase("r.example.com/x:c", "Mode=maximum", true, "Mode is \"maximum\", but it takes min, max")]
    [TestCase("r.example.com/x:c", "IgnoreError=yes", true, "takes true or false")]
    [TestCase("r.example.com/x:c", "CompressionLevel=high", true, "takes a whole number")]
    [TestCase("r.example.com/x:c", "Compression=xz", true, "takes gzip, zstd, estargz, uncompressed")]
    [TestCase("r.example.com/x:c", "Mode=max", false, "Mode is for caches that are written")]
    [TestCase("r.example.com/x:c", "ImageManifest=true;OciMediatypes=false", true, "needs OciMediatypes")]
    [TestCase("Not A Reference", "", true, "no reference")]
    [TestCase("registry", "", true, "Ref is missing")]
    [TestCase("local", "", true, "Dest is missing")]
    [TestCase("local", "", false, "Src is missing")]
    [TestCase("s3", "Region=eu", true, "Bucket is missing")]
    [TestCase("azblob", "", false, "AccountUrl is missing")]
    [TestCase("gha", "Timeout=long", true, "takes a time")]
    [TestCase("gha", "Token=hush", true, "is a secret")]
    [TestCase("s3", "Bucket=b;Region=eu;SecretAccessKey=hush", true, "is a secret")]
    [TestCase("s3", "Bucket=b;Region=eu;RetryMode=often", true, "takes standard, adaptive")]
    [TestCase("inline", "Mode=max", true, "Mode belongs to registry, local, gha, s3, azblob, not to inline")]
    [TestCase("inline", "", false, "read from the image itself")]
    [TestCase("mine", "Type=redis", true, "no cache type \"redis\"")]
    public void That_BuildKit_would_misunderstand_are_BK4004(string include, string metadata, bool isWrite, string reason)
    {
        var failure = Assert.Throws<DiagnosticException>(() => Apply(Item(include, metadata, isWrite)))!;
        var diagnostic = failure.Diagnostics.Single();
        Assert.That((diagnostic.Code, diagnostic.Location), Is.EqualTo(("BK4004", new SourceLocation("/repo/src/p.csproj"))));
        Assert.That(diagnostic.Message, Does.Contain(reason).And.Not.Contain("hush"));
    }

    [Test]
    public void All_that_is_wrong_is_told_at_once() => Assert.That(
        Assert.Throws<DiagnosticException>(() => Apply(Item("s3", "", true), Item("local", "", false)))!.Diagnostics, Has.Count.EqualTo(2));

    [Test]
    public void Take_the_place_of_the_profiles_in_their_direction_only()
    {
        var caches = Apply(Item("gha", "Scope=s", false));
        Assert.That(caches.From.Select(cache => cache.Type), Is.EqualTo(new[] { "gha" }));
        Assert.That(caches.To, Is.EqualTo(Automatic.To));
    }

    [Test]
    public void Auto_stands_for_the_profiles() => Assert.That(
        Apply(Item("r.example.com/x:c", "", false), Item("auto", "", false)).From.Select(cache => cache.Reference),
        Is.EqualTo(new[] { "r.example.com/x:c", "r.example.com/shop:devcache" }));

    [Test]
    public void Empty_ones_are_none() => Assert.That(Apply(Item(" ", "", false), Item("", "", true)), Is.EqualTo(Automatic));

    [Test]
    public void Are_not_written_by_a_run_that_may_write_nothing()
    {
        var caches = CacheItems.Apply(Automatic, [Item("inline", "", true)], "", "/repo/src", _ => null, "it is a fork");
        Assert.That(caches.To, Is.Empty);
        Assert.That(caches.Reason, Does.EndWith("writes nothing: it is a fork"));
    }

    [Test]
    public void Any_valid_item_is_the_same_after_it_was_printed_and_parsed() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Elements(CacheBackend.Names.ToArray()).SelectMany(Valid).ToArbitrary(), item =>
        {
            var cache = item.ToReference("/repo/src", () => null);
            return CacheReference.Parse(cache.ToString()).Equals(cache) && cache.Type == item.Type;
        }));

    [TestCase("graph", "registry", "BK4002")]
    [TestCase("graph", "local", "BK4002")]
    [TestCase("graph", "inline", "")]
    [TestCase("containerd", "registry", "")]
    [TestCase("containerd", "s3", "BK4002")]
    [TestCase("containerd", "azblob", "BK4002")]
    [TestCase("container", "s3", "")]
    public void What_the_builder_cannot_write_is_one_warning_and_left_out(string builder, string type, string code)
    {
        var cache = new CacheReference(type, []);
        var caches = CacheAbilities.Filter(new ResolvedCaches([], [cache, cache], "", []), BuilderOf(builder), new BuildEnvironment(), null);
        Assert.That(string.Join(' ', caches.Diagnostics.Select(diagnostic => diagnostic.Code)), Is.EqualTo(code));
        Assert.That(caches.To, Has.Count.EqualTo(code.Length == 0 ? 2 : 0));
    }

    [Test]
    public void What_the_builder_cannot_read_is_left_out_too() => Assert.That(
        CacheAbilities.Filter(new ResolvedCaches([new CacheReference("s3", [])], [], "", []), BuilderOf("containerd"), new BuildEnvironment(), null)
            .Diagnostics.Single().Code, Is.EqualTo("BK4006"));

    [TestCase("", 0, "BK4007")]
    [TestCase("ACTIONS_RUNTIME_TOKEN=t", 0, "BK4007")]
    [TestCase("ACTIONS_RUNTIME_TOKEN=t ACTIONS_RESULTS_URL=https://x", 1, "")]
    public void GitHubs_cache_without_its_token_is_told_loudly(string variables, int left, string code)
    {
        var gha = new CacheReference("gha", []);
        var caches = CacheAbilities.Filter(new ResolvedCaches([gha], [gha], "", []), null, ContinuousIntegration.CiSystemsTests.Variables(variables),
            null);
        Assert.That((caches.From.Count, caches.To.Count), Is.EqualTo((left, left)));
        Assert.That(string.Join(' ', caches.Diagnostics.Select(diagnostic => diagnostic.Code)), Is.EqualTo(code));
    }

    private static ResolvedCaches Apply(params CacheItem[] items) => CacheItems.Apply(
        Automatic, items, CacheItems.ScopeOf("shop", "release", [new Platform("linux", "amd64")]), "/repo/src",
        _ => new SourceLocation("/repo/src/p.csproj"), "");

    private static CacheItem Item(string include, string metadata, bool isWrite) => new(
        include,
        metadata.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
        isWrite);

    private static Gen<CacheItem> Valid(string type) =>
        from isWrite in Gen.Elements(type == "inline" ? [true] : new[] { true, false })
        from texts in Gen.Elements("x", "a,b", "with \"quotes\"", "ü", "a=b").ArrayOf(30)
        from used in Gen.Elements(true, false).ArrayOf(30)
        let keys = CacheBackend.KeysOf(type).Where(key => key.Kind != CacheKeyKind.Secret && (isWrite ? key.Writes : key.Reads)).ToList()
        select new CacheItem(type, keys.Select((key, i) => (key, i))
            .Where(pair => used[pair.i] || pair.key.Name is "ref" or "dest" or "src" or "bucket" or "region" or "account_url")
            .Where(pair => pair.key.Name is not ("image-manifest" or "oci-mediatypes"))
            .ToDictionary(pair => CacheBackend.MetadataOf(pair.key.Name), pair => pair.key.Name == "ref" ? "r.example.com/x:c" : pair.key.Kind switch
            {
                CacheKeyKind.Switch => "true",
                CacheKeyKind.Number => "3",
                CacheKeyKind.Duration => "1h30m",
                CacheKeyKind.Choice => pair.key.Choices[0],
                _ => texts[pair.i],
            }), isWrite);

    private static Builder BuilderOf(string name) => new()
    {
        Name = "",
        Driver = name == "container" ? BuilderDriver.DockerContainer : BuilderDriver.Docker,
        ContainerdStore = name == "containerd",
    };
}
