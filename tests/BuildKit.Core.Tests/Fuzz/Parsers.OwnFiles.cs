using System.Formats.Tar;
using BuildKit.Core.Bakes;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.Progress;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;
using BuildKit.Core.WrittenDockerfiles;

namespace BuildKit.Core.Tests.Fuzz;

/// <content>What this package has written before.</content>
internal sealed partial class Parsers
{
    private IEnumerable<FuzzedParser> OwnFiles =>
    [
        new("record of a build", [Written(file => new BuildRecord("f", Image).Write(file))],
            input => BuildRecord.Read(File("r.json", input))),
        new("record of a base image", [Written(file => new BaseImageRecord(file, Amd64).Write(new Core.PublishOutputs.BaseImage("r/b:1", "{}")))],
            input => new BaseImageRecord(File("b.json", input), Amd64).TryRead(new ImageReference("r", "b", "1"))),
        new("record of caches",
            [Written(file => new CacheRecord { Fingerprint = "f", Digests = new Dictionary<string, string> { ["a"] = "b" } }.Write(file))],
            input => CacheRecord.Read(File("x.caches", input))),
        new("record of a probe", [Written(file => ProbeRecord.Write(file, "k", TestRequests.Container))], input =>
            ProbeRecord.ReadAsync(File("builder.record", input), "k", TimeSpan.FromDays(1), new BuildEnvironment(), default)
                .GetAwaiter().GetResult()),
        new("table of hashes", [Written(file => Table().Write(file))],
            input => FileTable.Read(File("x.files", input))),
        new("report", [Written(file => System.IO.File.WriteAllBytes(file, ReportJson.Write(Report).ToArray()))],
            input => ReportReader.TryRead(File("x.report.json", input))),
        new("origin of lines", Texts(["1\t2\t3\t1\t/src/Dockerfile\n4\t9\t1\t0\t/x\n"]), input =>
            DockerfileOrigin.Of(new SourceLocation(Path.ChangeExtension(File("x.origin", input), null), 2))),
        new("turn in a bake", [Written(file => new BakeTurn(1, [new TurnImage("a", ["r/a:1"], true)]).Write(file))],
            input => BakeTurn.Read(File("t.json", input)), "BK6209"),
        new("images in a bake", [Written(file => BakeImage.Write(file, [new BakeImage("a", "/p.csproj") { References = ["r/a:1"] }]))],
            input => BakeImage.Read(File("i.json", input)), "BK6209"),
        new("prepared images", [Written(file => PreparedImages.Write(file, []))],
            input => PreparedImages.Read(File("p.json", input)), "BK6209"),
        new("archive of an image", [Tar(true)], input =>
        {
            System.IO.File.WriteAllBytes(BuildOutput.TemporaryPath(folder.Full("a.tar")), input);
            ArchivedImage.Complete(TestRequests.OnPaper(), Image, new BuildOutput(OutputKind.OciArchive, folder.Full("a.tar")));
        }),
        new("staged archive", [Tar(false)], input =>
        {
            var source = folder.Write("source", "1");
            var target = File("staged.tar", input);
            System.IO.File.SetLastWriteTimeUtc(target, DateTime.UtcNow.AddMinutes(1));
            StagedArchive.Place(new StagedPart("x", true, "1:2", [new StagedFile("a", source, FileModes.Readable)]), target, null);
        }),
        new("Dockerfile of ours", Texts(["# Made by BuildKit.Tasks 0123\nFROM x\n"]), input => WrittenDockerfile.IsOurs(Text(input))),
    ];

    private static BuiltImage Image => new()
    {
        Name = "shop",
        References = ["r/shop:1"],
        Digest = "sha256:a",
        Seconds = 1.5,
        Files = ["/a|1|2"],
        PlatformImages = [new("linux/amd64", "linux-x64", "d", "m", "{}", "{}")],
    };

    private static BuildReport Report => new(
        Image, true, "2026-01-02T03:04:05Z", "/src/Dockerfile", ReportSteps.Of(Recording.Play("success").Graph, null, SecretRedactor.None));

    private static byte[] Tar(bool ofImage)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ofImage ? "blobs/sha256/a" : "a", [new("comment", "x")])
            {
                DataStream = new MemoryStream("""{"config":{"digest":"sha256:b"}}"""u8.ToArray()),
            });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('n', 150)) { DataStream = new MemoryStream([1]) });
        }

        return stream.ToArray();
    }

    private static FileTable Table()
    {
        var table = FileTable.Empty();
        table.Add("/src/a b", new FileStamp(FileKind.File, 1, 2, 3, 4, 5, null), new byte[32]);
        return table;
    }
}
