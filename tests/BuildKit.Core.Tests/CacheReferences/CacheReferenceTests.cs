using BuildKit.Core.CacheReferences;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.CacheReferences;

public sealed class CacheReferenceTests
{
    [Test]
    public void What_is_printed_is_read_again() => Check.QuickThrowOnFailure(Prop.ForAll(
        CacheBackends.ToArbitrary(), cache => CacheReference.Parse(cache.ToString()).Equals(cache)));

    [TestCase("r.example.com/shop:buildcache", "type=registry,ref=r.example.com/shop:buildcache")]
    [TestCase("type=registry,ref=r/shop:1,mode=max", "type=registry,ref=r/shop:1,mode=max")]
    [TestCase("ref=r/shop:1,TYPE=registry", "type=registry,ref=r/shop:1")]
    [TestCase("type=inline", "type=inline")]
    [TestCase("type=local,\"dest=/a,b\"", "type=local,\"dest=/a,b\"")]
    [TestCase("type=gha,scope=a=b", "type=gha,scope=a=b")]
    public void Reads_every_form(string text, string printed) => Assert.That(CacheReference.Parse(text).ToString(), Is.EqualTo(printed));

    [Test]
    public void Shows_the_reference_or_what_comes_next_to_it()
    {
        Assert.That(CacheReference.Parse("r/shop:1").Display, Is.EqualTo("r/shop:1"));
        Assert.That(CacheReference.Parse("type=inline").Display, Is.EqualTo("inline"));
        Assert.That(CacheReference.Parse("type=local,src=/c,mode=max").Display, Is.EqualTo("local (src=/c)"));
    }

    [Test]
    public void A_default_does_not_replace_a_value()
    {
        var cache = CacheReference.Parse("type=registry,ref=r,mode=min");
        Assert.That(cache.WithDefault("Mode", "max").ToString(), Is.EqualTo("type=registry,ref=r,mode=min"));
        Assert.That(cache.WithDefault("compression", "zstd").ToString(), Is.EqualTo("type=registry,ref=r,mode=min,compression=zstd"));
    }

    [Test]
    public void Every_attribute_of_a_backend_has_a_metadata_name_of_its_own()
    {
        foreach (var backend in CacheBackend.Names)
        {
            var names = CacheBackend.AttributesOf(backend).Select(CacheBackend.MetadataOf).ToList();
            Assert.That(names, Is.Unique.And.All.Matches("^[A-Z][A-Za-z0-9]*$"), backend);
            Assert.That(names, Has.None.EqualTo("Type").And.None.EqualTo("Image"), backend);
        }

        Assert.That(CacheBackend.MetadataOf("image-manifest"), Is.EqualTo("ImageManifest"));
        Assert.That(CacheBackend.MetadataOf("use_path_style"), Is.EqualTo("UsePathStyle"));
        Assert.That(CacheBackend.AttributesOf("unknown"), Is.Empty);
    }

    private static Gen<CacheReference> CacheBackends =>
        from type in Gen.Elements(CacheBackend.Names.ToArray())
        from values in Gen.Elements(',', '"', '=', ' ', '\n', 'a', 'ü').ArrayOf().Select(characters => new string(characters)).ArrayOf()
        select new CacheReference(type,
            [.. CacheBackend.AttributesOf(type).Zip(values, (name, value) => new KeyValuePair<string, string>(name, value))]);
}
