using BuildKit.Core.Images;

namespace BuildKit.Core.Tests.Images;

public sealed class ImageReferenceTests
{
    [TestCase("shop", "", "shop", "latest", "")]
    [TestCase("team/shop:1.0", "", "team/shop", "1.0", "")]
    [TestCase("localhost/shop", "localhost", "shop", "latest", "")]
    [TestCase("localhost:5000/a/b:t", "localhost:5000", "a/b", "t", "")]
    [TestCase("mcr.microsoft.com/dotnet/aspnet:10.0", "mcr.microsoft.com", "dotnet/aspnet", "10.0", "")]
    [TestCase("a.b/c@sha256:0123456789012345678901234567890123456789012345678901234567890123", "a.b", "c", "",
        "sha256:0123456789012345678901234567890123456789012345678901234567890123")]
    public void Is_read_as_Docker_reads_it(string text, string registry, string repository, string tag, string digest) =>
        Assert.That(ImageReference.TryParse(text), Is.EqualTo(new ImageReference(registry, repository, tag, digest)));

    [TestCase("")]
    [TestCase("Shop")]
    [TestCase("a//b")]
    [TestCase("a:")]
    [TestCase("a:b c")]
    [TestCase("a@sha256:12")]
    [TestCase("-a")]
    [TestCase("a\n")]
    public void Is_refused_when_it_is_not_valid(string text) => Assert.That(ImageReference.TryParse(text), Is.Null);

    [Test]
    public void Is_printed_as_it_was_read()
    {
        foreach (var text in new[] { "shop:latest", "localhost:5000/a/b:t",
            "a.b/c:1@sha256:0123456789012345678901234567890123456789012345678901234567890123" })
        {
            Assert.That(ImageReference.TryParse(text)!.ToString(), Is.EqualTo(text));
        }
    }
}
