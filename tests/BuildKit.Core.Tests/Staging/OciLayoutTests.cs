using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using BuildKit.Core.Staging;

namespace BuildKit.Core.Tests.Staging;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OciLayoutTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Each_platform_has_its_own_files_under_digests_that_are_right()
    {
        folder.Write("x64/app.dll", "x64");
        folder.Write("arm/sub/app.dll", "arm");
        folder.SetMode("x64/app.dll", 0b110_000_000);
        var written = Write();
        var index = Blob(written.Split('@')[1]);
        Assert.That(written, Does.StartWith(folder.Full("layout") + "@sha256:"));
        Assert.That(index.GetProperty("manifests").EnumerateArray().Select(manifest => manifest.GetProperty("platform").ToString()),
            Is.EqualTo(new[] { """{"os":"linux","architecture":"amd64"}""", """{"os":"linux","architecture":"arm","variant":"v7"}""" }));
        Assert.That(Files(index, 0), Is.EqualTo(new[] { "app.dll OtherRead, GroupRead, UserWrite, UserRead x64" }));
        Assert.That(Files(index, 1), Has.One.StartsWith("sub/app.dll ").And.One.EndsWith(" arm"));
    }

    [Test]
    public void Equal_files_give_an_equal_digest_and_other_ones_another()
    {
        folder.Write("x64/app.dll", "1");
        folder.Write("arm/app.dll", "1");
        var first = Write();
        Assert.That(Write(), Is.EqualTo(first));
        folder.Write("arm/app.dll", "2");
        Assert.That(Write(), Is.Not.EqualTo(first));
        Assert.That(Directory.GetFiles(folder.Full("layout/blobs/sha256")), Has.Length.EqualTo(7),
            "two layers, configurations and manifests, one index, and nothing of before");
    }

    [Test]
    public void What_is_the_same_stays_as_it_is()
    {
        folder.Write("x64/app.dll", "1");
        folder.Write("arm/app.dll", "1");
        Write();
        var blobs = Directory.GetFiles(folder.Full("layout/blobs/sha256"));
        Array.ForEach(blobs, blob => File.SetLastWriteTimeUtc(blob, DateTime.UnixEpoch));
        Write();
        Assert.That(Directory.GetFiles(folder.Full("layout/blobs/sha256")).Select(File.GetLastWriteTimeUtc), Is.All.EqualTo(DateTime.UnixEpoch));
    }

    private string Write() => OciLayout.Write(
        folder.Full("layout"), [new(new("linux", "amd64"), folder.Full("x64")), new(new("linux", "arm", "v7"), folder.Full("arm"))]);

    private string[] Files(JsonElement index, int platform)
    {
        var manifest = Blob(index.GetProperty("manifests")[platform].GetProperty("digest").GetString()!);
        var layer = manifest.GetProperty("layers")[0].GetProperty("digest").GetString()!;
        Assert.That(Blob(manifest.GetProperty("config").GetProperty("digest").GetString()!).GetProperty("rootfs").GetProperty("diff_ids")[0]
            .GetString(), Is.EqualTo(layer));
        using var reader = new TarReader(new MemoryStream(Read(layer)));
        var files = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            files.Add($"{entry.Name} {entry.Mode} {new StreamReader(entry.DataStream!).ReadToEnd()}");
        }

        return [.. files];
    }

    private JsonElement Blob(string digest) => JsonDocument.Parse(Read(digest)).RootElement;

    private byte[] Read(string digest)
    {
        var bytes = File.ReadAllBytes(folder.Full("layout/blobs/" + digest.Replace(':', '/')));
        Assert.That("sha256:" + Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(), Is.EqualTo(digest));
        return bytes;
    }
}
