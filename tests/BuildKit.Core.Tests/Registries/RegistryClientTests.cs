using System.Net;
using System.Net.Sockets;
using System.Text;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Registries.StubRegistry;

namespace BuildKit.Core.Tests.Registries;

public sealed class RegistryClientTests
{
    [Test]
    public async Task Tells_where_a_tag_points()
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        var head = await client.HeadManifestAsync(Image(server), default);

        Assert.That(head, Is.EqualTo(new ManifestHead(DigestOf(ImageIndex), ManifestTypes.OciIndex, ImageIndex.Length)));
        Assert.That(server.Requests.Single().Method, Is.EqualTo("HEAD"));
        Assert.That(server.Requests.Single().Headers["accept"], Does.Contain(ManifestTypes.OciIndex).And.Contain(ManifestTypes.DockerManifest));
    }

    [Test]
    public async Task Reads_the_manifest_when_HEAD_gives_no_digest()
    {
        using var server = StubServer.Http(_ => new StubAnswer(200, Manifest, ManifestTypes.OciManifest));
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That((await client.HeadManifestAsync(Image(server), default))!.Digest, Is.EqualTo(DigestOf(Manifest)));
    }

    [Test]
    public async Task Says_nothing_is_there_by_null_for_HEAD_and_by_its_kind_for_GET()
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server, "2"), default), Is.Null);
        var failure = await FailureAsync(() => client.GetManifestAsync(Image(server, "2"), default));
        Assert.That(failure.Kind, Is.EqualTo(RegistryFailure.NotFound));
        Assert.That(failure.Message, Does.Contain("MANIFEST_UNKNOWN").And.Not.Contain("secret-looking").And.Not.Contain("\n"));
    }

    [TestCase("linux/arm64")]
    [TestCase("linux/arm64/v8")]
    public async Task Reads_the_configuration_of_a_platform_through_the_index(string platform)
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        var result = await client.GetConfigAsync(Image(server), Platform.TryParse(platform)!, default);

        Assert.That(result, Is.EqualTo(new ImageConfigResult(
            DigestOf(ImageIndex), DigestOf(Manifest), DigestOf(Config), Config, Manifest, ManifestTypes.OciManifest)));
    }

    [Test]
    public async Task Names_the_platforms_when_the_one_asked_for_is_not_there()
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        var failure = await FailureAsync(() => client.GetConfigAsync(Image(server), new Platform("linux", "s390x"), default));

        Assert.That(failure.Kind, Is.EqualTo(RegistryFailure.NotFound));
        Assert.That(failure.Message, Does.EndWith("it is for: linux/amd64, linux/arm64."));
    }

    [Test]
    public async Task Refuses_content_that_is_not_what_its_digest_says()
    {
        using var server = StubServer.Http(r => r.Path.Contains("/blobs/", StringComparison.Ordinal) ? new StubAnswer(200, "{}") : Serve(r));
        using var client = new RegistryClient(NoEnvironment, Quick);

        var failure = await FailureAsync(() => client.GetConfigAsync(Image(server), new Platform("linux", "arm64"), default));
        Assert.That(failure.Kind, Is.EqualTo(RegistryFailure.Server));

        var pinned = Image(server) with { Digest = DigestOf("something else") };
        using var liar = StubServer.Http(_ => Answer(ImageIndex, ManifestTypes.OciIndex));
        Assert.That(
            (await FailureAsync(() => client.GetManifestAsync(pinned with { Registry = liar.Authority }, default))).Message,
            Does.Contain("not what its digest"));
    }

    [Test]
    public async Task Puts_a_manifest_under_a_tag_unchanged()
    {
        using var server = StubServer.Http(_ => new StubAnswer(201));
        using var client = new RegistryClient(NoEnvironment, Quick);

        var digest = await client.PutManifestAsync(Image(server, "moved"), Encoding.UTF8.GetBytes(Manifest), ManifestTypes.OciManifest, default);

        var request = server.Requests.Single();
        Assert.That(digest, Is.EqualTo(DigestOf(Manifest)));
        Assert.That((request.Method, request.Path, request.Body), Is.EqualTo(("PUT", "/v2/team/shop/manifests/moved", Manifest)));
        Assert.That(request.Headers["content-type"], Is.EqualTo(ManifestTypes.OciManifest));
    }

    [Test]
    public async Task Tells_whether_a_blob_is_there()
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.BlobExistsAsync(Image(server), DigestOf(Config), default), Is.True);
        Assert.That(await client.BlobExistsAsync(Image(server), DigestOf("x"), default), Is.False);
    }

    [TestCase(401, RegistryFailure.Denied)]
    [TestCase(403, RegistryFailure.Denied)]
    [TestCase(429, RegistryFailure.RateLimited)]
    [TestCase(500, RegistryFailure.Server)]
    [TestCase(418, RegistryFailure.Server)]
    public async Task Tells_failures_apart(int status, RegistryFailure kind)
    {
        using var server = StubServer.Http(_ => new StubAnswer(status));
        using var client = new RegistryClient(NoEnvironment, Quick);

        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));

        Assert.That((failure.Kind, failure.StatusCode, failure.Registry), Is.EqualTo((kind, status, server.Authority)));
    }

    [TestCase(503)]
    [TestCase(429)]
    public async Task Asks_again_when_the_registry_is_busy(int status)
    {
        var left = 3;
        using var server = StubServer.Http(r => left-- > 0 ? new StubAnswer(status) { Headers = { ["Retry-After"] = "3600" } } : Serve(r));
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
        Assert.That(server.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Says_unreachable_when_nobody_listens_or_nobody_answers()
    {
        using var gone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        gone.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound but not listening: refused, and nobody else gets the port.
        using var client = new RegistryClient(NoEnvironment, Quick with { RequestLimit = TimeSpan.FromMilliseconds(300) });

        var refused =
            await FailureAsync(() => client.HeadManifestAsync(new ImageReference($"127.0.0.1:{((IPEndPoint)gone.LocalEndPoint!).Port}", "a", "1"),
                default));
        Assert.That((refused.Kind, refused.Message),
            Is.EqualTo((RegistryFailure.Unreachable, $"The registry {refused.Registry} does not answer: connection refused.")));

        gone.Listen();
        var silent = await FailureAsync(() => client.HeadManifestAsync(new ImageReference(refused.Registry, "a", "1"), default));
        Assert.That((silent.Kind, silent.Message),
            Is.EqualTo((RegistryFailure.Unreachable, $"The registry {silent.Registry} did not answer in time.")));
    }

    [Test]
    public async Task Ends_at_once_when_the_build_is_cancelled()
    {
        using var server = StubServer.Http(_ => new StubAnswer(503) { Headers = { ["Retry-After"] = "60" } });
        using var client = new RegistryClient(NoEnvironment, Quick with { RetryDelayLimit = TimeSpan.FromMinutes(1) });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<TaskCanceledException>(() => client.HeadManifestAsync(Image(server), cancellation.Token));
    }
}
