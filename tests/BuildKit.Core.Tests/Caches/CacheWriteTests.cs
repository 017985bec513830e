using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Registries;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.Caches;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CacheWriteTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();

    public void Dispose() => folder.Dispose();

    // fingerprint, every step cached, digest that was seen -> whether it is written
    [TestCase("same", true, "now", false)]
    [TestCase("same", true, "before", true)]
    [TestCase("same", false, "now", true)]
    [TestCase("other", true, "now", true)]
    public async Task Are_left_out_when_they_would_change_nothing(string fingerprint, bool allCached, string digest, bool writes)
    {
        using var server = StubServer.Http(_ => StubRegistry.Answer("now", ManifestTypes.OciManifest));
        var cache = CacheReference.Registry($"{server.Authority}/team/shop:devcache");
        var record = new CacheRecord
        {
            Fingerprint = fingerprint,
            AllCached = allCached,
            Digests = new Dictionary<string, string> { [cache.Reference] = StubRegistry.DigestOf(digest) },
        };
        var caches = await new CacheWriteCheck(new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick)).FilterAsync(new([], [cache], "",
            []), record, Plan("same"), null, default);
        Assert.That(caches.To, Has.Count.EqualTo(writes ? 1 : 0));
        Assert.That(caches.Reason, writes ? Is.Empty : Does.Contain(cache.Reference));
    }

    // what is published again, digest that was seen -> whether it is written
    [TestCase("shop.dll", "now", false)]
    [TestCase("package.dll", "now", true)]
    [TestCase("shop.dll", "before", true)]
    public async Task Of_published_files_are_for_the_layers_that_outlast_an_edit(string changed, string digest, bool writes)
    {
        using var server = StubServer.Http(_ => StubRegistry.Answer("now", ManifestTypes.OciManifest));
        var cache = CacheReference.Registry($"{server.Authority}/team/shop:devcache");
        folder.Write("shop.dll", "1");
        folder.Write("package.dll", "1");
        var output = new PublishOutput
        {
            Folder = folder.Path,
            BaseImage = "base",
            Layers = new Dictionary<string, PublishLayer> { ["package.dll"] = PublishLayer.Packages },
            Config = new() { Command = new() },
        };
        var record = new CacheRecord
        {
            Lasting = LastingLayers.KeyOf(output),
            Digests = new Dictionary<string, string> { [cache.Reference] = StubRegistry.DigestOf(digest) },
        };
        folder.Write(changed, "another");
        var plan = Plan("new") with { Request = TestRequests.OnPaper() with { PublishOutput = output } };
        var caches = await new CacheWriteCheck(new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick)).FilterAsync(new([], [cache], "",
            []), record, plan, null, default);
        Assert.That(caches.To, Has.Count.EqualTo(writes ? 1 : 0));
    }

    [Test]
    public async Task Are_not_tried_again_after_a_refusal()
    {
        var cache = CacheReference.Registry("r.example.com/shop:devcache");
        var record = new CacheRecord { Refusals = new Dictionary<string, string> { [cache.Reference] = "401 Unauthorized" } };
        var caches = await new CacheWriteCheck(new RegistryClients(StubRegistry.NoEnvironment)).FilterAsync(new([], [cache], "", []), record,
            Plan("x"), null, default);
        Assert.That(caches.To, Is.Empty);
        Assert.That(caches.Diagnostics.Single().Message, Does.Contain("401 Unauthorized").And.Contain("BuildKitForce"));
    }

    [Test]
    public void A_record_is_the_same_after_it_was_written_and_read()
    {
        var record = new CacheRecord
        {
            Fingerprint = "F",
            AllCached = true,
            Lasting = "L",
            BuildsWithoutMatch = 2,
            Digests = new Dictionary<string, string> { ["r/x:1"] = "sha256:1" },
            Refusals = new Dictionary<string, string> { ["r/x:2"] = "401\tno\nentry" },
        };
        var path = Path.Combine(folder.Path, "shop.caches");
        record.Write(path);
        var read = CacheRecord.Read(path);
        Assert.That((read.Fingerprint, read.AllCached, read.BuildsWithoutMatch), Is.EqualTo(("F", true, 2)));
        Assert.That(read.Digests, Is.EqualTo(record.Digests));
        Assert.That(read.Refusals["r/x:2"], Is.EqualTo("401 no entry"));
        Assert.That(CacheRecord.Read(path + ".missing").Digests, Is.Empty);
    }

    [Test]
    public async Task Are_not_tried_again_where_they_were_refused()
    {
        var cache = CacheReference.Registry("127.0.0.1:1/team/shop:devcache");
        var record = new CacheRecord { Refusals = new Dictionary<string, string> { [cache.Reference] = "403 Forbidden" } };
        var caches = await new CacheWriteCheck(new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick)).FilterAsync(new([], [cache], "",
            []), record, Plan("same"), null, default);
        Assert.That(caches.To, Is.Empty);
        Assert.That(caches.Diagnostics.Select(found => (found.Code, found.Severity)), Is.EqualTo(new[] { ("BK4009", DiagnosticSeverity.Message) }));
    }

    [Test]
    public void A_local_cache_that_cannot_take_its_place_is_a_warning_and_the_old_one_stays()
    {
        var target = folder.Write("cache", "a file where the folder should be");
        var rotation = new LocalCacheRotation([new CacheReference("local", [new("dest", target)])], "shop");
        folder.Write("cache.shop.partial/index.json", "{}");
        Assert.That(rotation.Swap().Select(found => found.Code), Is.EqualTo(new[] { "BK4010" }));
        Assert.That(File.ReadAllText(target), Does.StartWith("a file"));
    }

    [TestCase("c", "", "c", "read c, wrote the same (58 kB)")]
    [TestCase("c", "c (has 1 of the image's 3 layers)", "", "read c (has 1 of the image's 3 layers), wrote nothing")]
    [TestCase("", "", "c,d", "read nothing, wrote c (58 kB), d")]
    [TestCase("", "", "", "")]
    public void The_summary_has_one_row_for_what_caches_did(string read, string held, string wrote, string row)
    {
        static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(CacheReport.Row(List(read), List(held), List(wrote), [new WrittenCache("c", "sha256:1", 58_000)]), Is.EqualTo(row));
    }

    [TestCase("unexpected status from HEAD request to https://r/v2/x/blobs/sha256:1: 401 Unauthorized", "BK4001", true)]
    [TestCase("unexpected status from PUT request to https://r/v2/x/manifests/c: 400 Bad Request", "BK4011", false)]
    [TestCase("failed to do request: dial tcp 127.0.0.1:1: connect: connection refused", "BK4001", false)]
    [TestCase("unexpected status: 429 Too Many Requests", "BK4001", false)]
    public async Task What_the_registry_said_decides_warning_and_memory(string error, string code, bool isRemembered)
    {
        var session = Session(out var request);
        var graph = Graph(("exporting cache to registry", error));
        Assert.That(session.Failures(graph).Single().Code, Is.EqualTo(code));
        await session.EndAsync("F", graph, Image, MessageLevel.Normal, sink, default);
        Assert.That(CacheRecord.Read(request.FileOf(".caches")).Refusals.ContainsKey("127.0.0.1:1/shop:devcache"), Is.EqualTo(isRemembered));
    }

    [Test]
    public async Task Three_builds_in_a_row_that_read_a_cache_in_vain_are_one_warning()
    {
        var graph = Graph(("importing cache manifest from 127.0.0.1:1/shop:devcache", null), ("[1/2] COPY . .", null), ("[2/2] RUN make", null));
        for (var build = 1; build <= 3; build++)
        {
            await Session(out _).EndAsync("F", graph, Image, MessageLevel.Normal, sink, default);
            Assert.That(sink.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(build < 3 ? [] : new[] { "BK4008" }));
        }
    }

    [TestCase("registry,inline", "registry:", "registry,inline")]
    [TestCase("registry,local", "registry:;client directory:denied", "registry")]
    [TestCase("local,gha,s3,azblob", "client directory:;GitHub Actions Cache:;Amazon S3:;Azure Blob Storage:", "local,gha,s3,azblob")]
    [TestCase("registry,registry", "registry:;registry:denied", "", Description = "BuildKit does not say which")]
    [TestCase("registry", "", "")]
    public void Written_are_caches_whose_write_BuildKit_ended_well(string asked, string writes, string written)
    {
        var graph = Graph([.. writes.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(write => write.Split(':'))
            .Select(write => ("exporting cache to " + write[0], write[1].Length > 0 ? write[1] : null))]);
        var caches = asked.Split(',').Select(type => new CacheReference(type, [])).ToList();
        Assert.That(string.Join(',', CacheFailures.Written(graph, caches).Select(cache => cache.Type)), Is.EqualTo(written));
    }

    [Test]
    public void A_local_cache_takes_the_place_of_the_old_one_when_it_is_whole()
    {
        var target = Path.Combine(folder.Path, "cache");
        folder.Write("cache/index.json", "old");
        folder.Write("cache/blobs/old", "old");
        folder.Write("cache.shop.partial/blobs/left-by-a-killed-build", "");
        var rotation = new LocalCacheRotation([new("local", [new("dest", target), new("mode", "max")])], "shop");
        var partial = rotation.Caches.Single()["dest"];
        Assert.That((partial == target, Directory.Exists(partial)), Is.EqualTo((false, false)));

        folder.Write(Path.GetRelativePath(folder.Path, partial) + "/index.json", "new");
        Assert.That(rotation.Swap(), Is.Empty);
        rotation.Clear();
        Assert.That(File.ReadAllText(Path.Combine(target, "index.json")), Is.EqualTo("new"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "cache" }));
        Assert.That(File.Exists(Path.Combine(target, "blobs/old")), Is.False);
    }

    [Test]
    public void Half_a_local_cache_leaves_the_old_one()
    {
        var target = Path.Combine(folder.Path, "cache");
        folder.Write("cache/index.json", "old");
        var rotation = new LocalCacheRotation([new("local", [new("dest", target)])], "shop");
        folder.Write(Path.GetRelativePath(folder.Path, rotation.Caches.Single()["dest"]) + "/blobs/half", "");
        Assert.That(rotation.Swap(), Is.Empty);
        rotation.Clear();
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "cache" }));
        Assert.That(File.ReadAllText(Path.Combine(target, "index.json")), Is.EqualTo("old"));
    }

    private static BuiltImage Image => new() { Name = "shop", References = [] };

    private CacheSession Session(out BuildRequest request)
    {
        var cache = CacheReference.Registry("127.0.0.1:1/shop:devcache");
        request = new BuildRequest
        {
            Name = "shop",
            ProjectFile = folder.Path + "/p.csproj",
            IntermediateFolder = folder.Path,
            CacheFrom = [cache],
            CacheTo = [cache],
        };
        return new CacheSession(request, new RegistryClients(StubRegistry.NoEnvironment));
    }

    private static BuildGraph Graph(params (string Name, string? Error)[] vertices)
    {
        var graph = new BuildGraph();
        foreach (var ((name, error), number) in vertices.Select((vertex, number) => (vertex, number)))
        {
            var digest = $"sha256:{number}";
            var failure = error is null ? "" : $",\"error\":{System.Text.Json.JsonSerializer.Serialize(error)}";
            graph.Apply(ProgressReader.TryRead(
                $$"""{"vertexes":[{"digest":"{{digest}}","name":"{{name}}","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:01Z"{{failure}}}]}""")!);
        }

        return graph;
    }

    private static PlannedBuild Plan(string fingerprint) => new(TestRequests.OnPaper(), fingerprint, "");
}
