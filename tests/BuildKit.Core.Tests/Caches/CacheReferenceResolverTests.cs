using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Caches;

public sealed class CacheReferenceResolverTests
{
    private const string Written = ",image-manifest=true,oci-mediatypes=true,ignore-error=true";

    private static readonly CacheQuestion Question = new()
    {
        Scope = new CacheScope("r.example.com/shop", "devcache", "buildcache"),
        FromDockerfile = true,
        ImageReferences = ["r.example.com/shop:1", "r.example.com/shop:latest"],
        Builder = TestRequests.Container,
        Location = new SourceLocation("/p.csproj"),
    };

    // profile, type, write, pushes -> reads, writes
    [TestCase(CacheProfile.Development, CacheType.Registry, CacheWrite.Auto, true, "devcache buildcache", "devcache")]
    [TestCase(CacheProfile.Development, CacheType.Registry, CacheWrite.Auto, false, "devcache buildcache", "")]
    [TestCase(CacheProfile.Development, CacheType.Registry, CacheWrite.Always, false, "devcache buildcache", "devcache")]
    [TestCase(CacheProfile.Development, CacheType.Registry, CacheWrite.Never, true, "devcache buildcache", "")]
    [TestCase(CacheProfile.Production, CacheType.Registry, CacheWrite.Auto, true, "buildcache", "buildcache")]
    [TestCase(CacheProfile.Production, CacheType.Registry, CacheWrite.Auto, false, "buildcache", "")]
    [TestCase(CacheProfile.Production, CacheType.Registry, CacheWrite.Never, true, "buildcache", "")]
    [TestCase(CacheProfile.Production, CacheType.Inline, CacheWrite.Auto, true, "1 latest", "inline")]
    [TestCase(CacheProfile.Development, CacheType.Inline, CacheWrite.Auto, false, "1 latest", "")]
    [TestCase(CacheProfile.Development, CacheType.Inline, CacheWrite.Never, true, "1 latest", "")]
    [TestCase(CacheProfile.Development, CacheType.None, CacheWrite.Always, true, "", "")]
    public void Each_profile_reads_in_its_order_and_writes_one(
        CacheProfile profile, CacheType type, CacheWrite write, bool pushes, string reads, string writes)
    {
        var caches = CacheReferenceResolver.Resolve(Question with { Profile = profile, Type = type, Write = write, Pushes = pushes });
        Assert.That(caches.From.Select(cache => cache.ToString()), Is.EqualTo(
            reads.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tag => "type=registry,ref=r.example.com/shop:" + tag)));
        Assert.That(caches.To.Select(cache => cache.ToString()), Is.EqualTo(writes switch
        {
            "" => Array.Empty<string>(),
            "inline" => ["type=inline"],
            _ => ["type=registry,ref=r.example.com/shop:" + writes + ",mode=max" + Written],
        }));
        Assert.That(caches.Diagnostics, Is.Empty);
        Assert.That(caches.Reason, type == CacheType.None ? Does.Contain("none") : Does.Contain($"profile {profile}").And.Contain("writes"));
    }

    [Test]
    public void Published_files_write_the_small_cache() => Assert.That(
        CacheReferenceResolver.Resolve(Question with { Pushes = true, FromDockerfile = false }).To.Single().ToString(),
        Is.EqualTo("type=registry,ref=r.example.com/shop:devcache,mode=min" + Written));

    [Test]
    public void The_compression_is_the_projects() => Assert.That(
        CacheReferenceResolver.Resolve(Question with { Pushes = true, Compression = "zstd" }).To.Single().ToString(),
        Is.EqualTo("type=registry,ref=r.example.com/shop:devcache,mode=max" + Written + ",compression=zstd"));

    [Test]
    public void Without_a_registry_there_is_no_cache()
    {
        var caches = CacheReferenceResolver.Resolve(Question with { Scope = null, Write = CacheWrite.Always });
        Assert.That(caches.From.Concat(caches.To), Is.Empty);
        Assert.That(caches.Reason, Is.Not.Empty);
    }

    [Test]
    public void A_builder_that_cannot_write_is_one_warning_and_still_reads()
    {
        var caches = CacheReferenceResolver.Resolve(Question with { Pushes = true, Builder = TestRequests.GraphDriver });
        Assert.That((caches.From.Count, caches.To.Count), Is.EqualTo((2, 0)));
        var warning = caches.Diagnostics.Single();
        Assert.That((warning.Code, warning.Severity, warning.Location), Is.EqualTo(("BK4002", DiagnosticSeverity.Warning, Question.Location)));
        Assert.That(warning.Message, Does.Contain("r.example.com/shop:devcache").And.Contain("without the containerd image store"));
    }

    [Test]
    public void Nobody_warns_about_a_cache_that_is_not_to_be_written() => Assert.That(
        CacheReferenceResolver.Resolve(Question with { Pushes = false, Builder = TestRequests.GraphDriver }).Diagnostics, Is.Empty);

    [TestCase("graph")]
    [TestCase("containerd")]
    [TestCase("container")]
    public void Every_builder_writes_an_inline_cache(string builder)
    {
        var caches = CacheReferenceResolver.Resolve(Question with { Type = CacheType.Inline, Pushes = true, Builder = TestRequests.Of(builder) });
        Assert.That((caches.To.Count, caches.Diagnostics.Count), Is.EqualTo((1, 0)));
    }

    [TestCase("r.example.com/shop:1", "", "r.example.com/shop")]
    [TestCase("r.example.com/shop:1", "c.example.com/caches/shop", "c.example.com/caches/shop")]
    [TestCase("shop:1", "localhost:5000/shop", "localhost:5000/shop")]
    [TestCase("shop:1", "", null)]
    public void The_scope_is_the_images_repository_or_the_named_one(string image, string repository, string? expected)
    {
        var scope = CacheScope.Of(ImageReference.TryParse(image), repository, "", "", null);
        Assert.That(scope?.Repository, Is.EqualTo(expected));
        Assert.That(scope?.Development, Is.EqualTo(expected is null ? null : expected + ":devcache"));
        Assert.That(scope?.Production, Is.EqualTo(expected is null ? null : expected + ":buildcache"));
    }

    [TestCase("Up per", "", "", "BK2002")]
    [TestCase("", "a b", "", "BK2003")]
    [TestCase("", "", "-x", "BK2003")]
    public void Wrong_names_are_told(string repository, string development, string production, string code)
    {
        var failure = Assert.Throws<DiagnosticException>(() => CacheScope.Of(null, repository, development, production, Question.Location))!;
        Assert.That((failure.Diagnostics.Single().Code, failure.Diagnostics[0].Location), Is.EqualTo((code, Question.Location)));
    }

    [TestCase("", CacheWrite.Auto)]
    [TestCase("ALWAYS", CacheWrite.Always)]
    public void Values_are_read_in_any_case(string value, CacheWrite expected) =>
        Assert.That(CacheSettings.Of(ProjectOf.Properties(("BuildKitCacheWrite", value))).Write, Is.EqualTo(expected));

    [TestCase("sometimes")]
    [TestCase("1")]
    [TestCase("Auto,Never")]
    public void Other_values_are_BK2001(string value)
    {
        var failure = Assert.Throws<DiagnosticException>(() => CacheSettings.Of(ProjectOf.Properties(("BuildKitCacheWrite", value))))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK2001"));
        Assert.That(failure.Message, Does.Contain("auto, always or never"));
    }
}
