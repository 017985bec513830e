using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.Builds;

/// <summary>Records, plans and metadata: whole, or not there.</summary>
public sealed class ObjFilesTests
{
    private static readonly string[] Broken = ["", "{", "null", "[]", "{}", "\0\0\0", "{\"fingerprint\":1}", "{\"fingerprint\":\"\"}"];

    [TestCaseSource(nameof(Broken))]
    public void A_broken_file_counts_as_not_there(string text)
    {
        using var folder = new TestFolder();
        var file = folder.Write("x.json", text);
        Assert.That(BuildRecord.Read(file)?.Image, Is.Null);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[1]")]
    public void Broken_metadata_is_none_or_names_no_digest(string text)
    {
        using var folder = new TestFolder();
        var metadata = BuildMetadata.Read(folder.Write("m.json", text));
        Assert.That(metadata?.Digest ?? "", Is.Empty);
        Assert.That(BuildMetadata.Read(folder.Full("missing.json")), Is.Null);
    }

    [Test]
    public void Metadata_tells_digests_and_the_written_cache()
    {
        using var folder = new TestFolder();
        var metadata = BuildMetadata.Read(folder.Write("m.json", """
            {"buildx.build.ref":"b/n/1","cache.manifest":{"digest":"sha256:c"},"containerimage.config.digest":"sha256:f",
             "containerimage.descriptor":{"mediaType":"m"},"containerimage.digest":"sha256:d"}
            """));
        Assert.That(metadata, Is.EqualTo(new BuildMetadata("sha256:d", "m", "sha256:f", "b/n/1", "sha256:c")));
    }

    [Test]
    public void A_missing_file_or_folder_counts_as_not_there()
    {
        using var folder = new TestFolder();
        Assert.That(BuildRecord.Read(folder.Full("no/x.json")), Is.Null);
        Assert.That(BuildRecord.Read(folder.Path), Is.Null);
    }

    [Test]
    public void A_record_is_read_as_it_was_written_and_leaves_no_other_file()
    {
        using var folder = new TestFolder();
        var image = new BuiltImage
        { Name = "shop", References = ["r/shop:1"], Digest = "sha256:d", Files = ["/a|1|2"], Seconds = 1.5, CacheRead = ["c"] };
        var file = folder.Full("deep/er/r.json");
        new BuildRecord("f", image).Write(file);
        new BuildRecord("g", image) { Caches = "r/shop:devcache" }.Write(file);
        var read = BuildRecord.Read(file)!;
        Assert.That((read.Fingerprint, read.Caches), Is.EqualTo(("g", "r/shop:devcache")));
        Assert.That((read.Image.Name, read.Image.Digest, read.Image.Seconds, read.Image.References.Single(), read.Image.Files.Single()),
            Is.EqualTo(("shop", "sha256:d", 1.5, "r/shop:1", "/a|1|2")));
        Assert.That(Directory.GetFiles(folder.Full("deep/er")), Is.EqualTo(new[] { file }));
    }

    [Test]
    public void An_archive_gets_its_name_when_it_is_whole()
    {
        using var folder = new TestFolder();
        BuildOutput[] outputs = [new(OutputKind.OciArchive, folder.Full("out/a.tar")), new(OutputKind.Push)];
        OutputFiles.Prepare(outputs);
        Assert.That(File.Exists(outputs[0].Path), Is.False);
        File.WriteAllText(BuildOutput.TemporaryPath(outputs[0].Path), "tar");
        OutputFiles.Complete(outputs);
        OutputFiles.RemovePartial(outputs);
        Assert.That(File.ReadAllText(outputs[0].Path), Is.EqualTo("tar"));
        Assert.That(Directory.GetFiles(folder.Full("out")), Is.EqualTo(new[] { outputs[0].Path }));
    }

    [TestCase("a.tar.gz")]
    [TestCase("a.TGZ")]
    public void An_archive_with_the_name_of_a_compressed_one_is_compressed(string name)
    {
        using var folder = new TestFolder();
        BuildOutput[] outputs = [new(OutputKind.DockerArchive, folder.Full(name))];
        OutputFiles.Prepare(outputs);
        File.WriteAllText(BuildOutput.TemporaryPath(outputs[0].Path), "tar");
        OutputFiles.Complete(outputs);
        OutputFiles.RemovePartial(outputs);
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(outputs[0].Path),
            System.IO.Compression.CompressionMode.Decompress));
        Assert.That(reader.ReadToEnd(), Is.EqualTo("tar"));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { outputs[0].Path }));
    }

    [Test]
    public void An_archive_of_an_earlier_build_stays_when_a_build_fails()
    {
        using var folder = new TestFolder();
        BuildOutput[] outputs = [new(OutputKind.OciArchive, folder.Write("a.tar", "old"))];
        OutputFiles.Prepare(outputs);
        File.WriteAllText(BuildOutput.TemporaryPath(outputs[0].Path), "ha");
        OutputFiles.RemovePartial(outputs);
        Assert.That(File.ReadAllText(outputs[0].Path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { outputs[0].Path }));
    }

    [Test]
    public void An_output_that_cannot_be_written_is_told_before_the_build_and_leaves_nothing()
    {
        using var folder = new TestFolder();
        folder.Write("file");
        BuildOutput[] outputs = [new(OutputKind.OciArchive, folder.Full("a.tar")), new(OutputKind.OciArchive, folder.Full("file/b.tar"))];
        var failure = Assert.Throws<DiagnosticException>(() => OutputFiles.Prepare(outputs))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK5006"));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { folder.Full("file") }));
    }
}
