using System.Text.Json;
using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.Bakes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeTargetFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Says_what_the_command_line_says_of_the_image_alone()
    {
        var request = Request() with
        {
            TargetStage = "release",
            Platforms = [new("linux", "amd64"), new("linux", "arm64")],
            CacheFrom = [CacheReference.Registry("r/c:1")],
            Network = "host",
            Pull = true,
            Attestations = new Attestations("max", ""),
            ExtraHosts = [new ExtraHost("db", "10.0.0.1")],
        };
        var target = Write(request);
        Assert.Multiple(() =>
        {
            Assert.That(Texts(target, "tags"), Is.EqualTo(new[] { "r.example.com/shop:1" }));
            Assert.That(Texts(target, "platforms"), Is.EqualTo(new[] { "linux/amd64", "linux/arm64" }));
            Assert.That(Texts(target, "output"), Is.EqualTo(new[] { "type=image,push=true,unpack=false,store=false" }));
            Assert.That(Texts(target, "cache-from"), Is.EqualTo(new[] { "type=registry,ref=r/c:1" }));
            Assert.That(Texts(target, "attest"), Is.EqualTo(new[] { "type=provenance,mode=max" }));
            Assert.That(target.GetProperty("extra-hosts").GetProperty("db").GetString(), Is.EqualTo("10.0.0.1"));
            Assert.That((target.GetProperty("target").GetString(), target.GetProperty("network").GetString(),
                target.GetProperty("pull").GetBoolean()), Is.EqualTo(("release", "host", true)));
            Assert.That(target.GetProperty("dockerfile").GetString(), Is.EqualTo(request.Dockerfile));
        });
    }

    [Test]
    public void A_text_that_looks_like_a_template_stands_for_itself()
    {
        var target = Write(Request() with { BuildArguments = [new("A", "x${B}%{if}"), new("FROM_ENVIRONMENT", null)] });
        Assert.That(target.GetProperty("args").GetProperty("A").GetString(), Is.EqualTo("x$${B}%%{if}"));
        Assert.That(target.GetProperty("args").GetProperty("FROM_ENVIRONMENT").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(BakeText.Unescape("x$${B}%%{if}"), Is.EqualTo("x${B}%{if}"));
    }

    [Test]
    public void A_secret_is_there_by_the_name_of_its_source()
    {
        var target = Write(Request() with
        { Secrets = [new BuildSecret("npm", "NPM_TOKEN", ""), new BuildSecret("key", "", folder.Write("k", "very-s3cret"))] });
        Assert.That(Texts(target, "secret"), Is.EqualTo(new[] { "id=npm,env=NPM_TOKEN", $"id=key,src={folder.Full("k")}" }));
        Assert.That(target.GetRawText(), Does.Not.Contain("very-s3cret"));
    }

    [Test]
    public void Options_of_the_command_line_have_keys_and_others_are_refused()
    {
        var target = Write(Request() with { Options = ["--shm-size", "1g", "--ulimit=nofile=1024", "--annotation", "a=b"] });
        Assert.That(target.GetProperty("shm-size").GetString(), Is.EqualTo("1g"));
        Assert.That(Texts(target, "ulimits"), Is.EqualTo(new[] { "nofile=1024" }));
        Assert.That(Texts(target, "annotations"), Is.EqualTo(new[] { "a=b" }));
        var failure = Assert.Throws<DiagnosticException>(() => Write(Request() with { Options = ["--cgroup-parent", "x"] }));
        Assert.That(failure!.Diagnostics.Single().Code, Is.EqualTo("BK6206"));
    }

    [Test]
    public void An_archive_has_its_own_name_when_somebody_else_runs_the_bake()
    {
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.OciArchive, folder.Full("a.tar")));
        Assert.That(Texts(Write(request), "output").Single(), Does.EndWith("a.tar.partial"));
        Assert.That(Texts(Write(request, byHand: true), "output").Single(), Does.EndWith("a.tar"));
    }

    private static string[] Texts(JsonElement target, string key) => [.. target.GetProperty(key).EnumerateArray().Select(item => item.GetString()!)];

    private BuildRequest Request() => TestRequests.In(folder, new BuildOutput(OutputKind.Push));

    private static JsonElement Write(BuildRequest request, bool byHand = false)
    {
        using var session = new BuildSession(
            new PlannedBuild(request, "f", ""), TestRequests.ContainerdStore, BuildSource.Of(request),
            new CacheSession(request, new RegistryClients(new BuildEnvironment())));
        BakeTargetFile.Write(session, byHand);
        return BakeTargetFile.Read(BakeEntry.Of(session));
    }
}
