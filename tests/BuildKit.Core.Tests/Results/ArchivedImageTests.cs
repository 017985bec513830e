using System.Formats.Tar;
using System.Text;
using BuildKit.Core.Images;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Results;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArchivedImageTests : IDisposable
{
    private static readonly Dictionary<string, string> Blobs = new()
    {
        ["sha256/index"] = """
            {"manifests":[{"digest":"sha256:note","platform":{"os":"unknown","architecture":"unknown"}},
            {"digest":"sha256:arm","mediaType":"m","platform":{"os":"linux","architecture":"arm","variant":"v7"}},{"digest":"sha256:amd","mediaType":"m","platform":{"os":"linux","architecture":"amd64"}}]}
            """,
        ["sha256/arm"] = """{"config":{"digest":"sha256:arm-config"}}""",
        ["sha256/amd"] = """{"config":{"digest":"sha256:amd-config"}}""",
        ["sha256/arm-config"] = """{"architecture":"arm"}""",
        ["sha256/amd-config"] = """{"architecture":"amd64"}""",
        ["sha256/layer"] = "\u001f no JSON",
    };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public void An_index_and_an_image_are_read_from_an_archive_and_from_a_folder(bool archive)
    {
        var output = archive
            ? new BuildOutput(OutputKind.OciArchive, folder.Full("a.tar"))
            : new BuildOutput(OutputKind.OciFolder, folder.Full("layout"));
        Write(archive);
        var request = TestRequests.In(folder, output) with { Platforms = [new("linux", "amd64"), new("linux", "arm", "v7")] };
        var index = ArchivedImage.Complete(request, Image("sha256:index"), output);
        Assert.That(index.ManifestJson, Is.EqualTo(Blobs["sha256/index"]));
        Assert.That(index.ConfigJson, Is.EqualTo("""{"architecture":"amd64"}"""));
        Assert.That(index.PlatformImages.Select(one => (one.Platform, one.Digest, one.ConfigJson)), Is.EqualTo(new[]
        {
            ("linux/amd64", "sha256:amd", """{"architecture":"amd64"}"""), ("linux/arm/v7", "sha256:arm", """{"architecture":"arm"}"""),
        }));

        var single = ArchivedImage.Complete(request, Image("sha256:arm"), output);
        Assert.That((single.ManifestJson, single.ConfigJson, single.PlatformImages.Count),
            Is.EqualTo((Blobs["sha256/arm"], """{"architecture":"arm"}""", 0)));
        Assert.That(ArchivedImage.Complete(request, Image("sha256:none"), output).ManifestJson, Is.Empty);
    }

    private static BuiltImage Image(string digest) => new() { Name = "x", References = [], Digest = digest };

    private void Write(bool archive)
    {
        if (!archive)
        {
            Blobs.ToList().ForEach(blob => folder.Write("layout/blobs/" + blob.Key, blob.Value));
            return;
        }

        using var file = File.Create(folder.Full("a.tar.partial"));
        using var writer = new TarWriter(file);
        foreach (var (name, text) in Blobs)
        {
            using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "blobs/" + name) { DataStream = data });
        }
    }
}
