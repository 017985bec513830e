using System.Text;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Registries.StubRegistry;

namespace BuildKit.Core.Tests.Registries;

public sealed class RegistryAuthorizationTests
{
    private const string Password = "p4ssw0rd:with-colon";

    private static readonly BuildEnvironment Variables = new()
    {
        ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann",
        ["DOTNET_CONTAINER_REGISTRY_PWORD"] = Password,
    };

    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + Password));

    [Test]
    public async Task Answers_a_Basic_challenge_once_for_all_requests()
    {
        using var server = StubServer.Http(r => r.Authorization == Basic ? Serve(r) : Challenge("Basic realm=\"x\""));
        using var client = new RegistryClient(Variables, Quick);

        await client.HeadManifestAsync(Image(server), default);
        await client.HeadManifestAsync(Image(server), default);

        Assert.That(server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "", Basic, Basic }));
    }

    [Test]
    public async Task Fetches_a_token_for_the_scope_and_keeps_it()
    {
        using var realm = StubServer.Http(_ => new StubAnswer(200, """{"token":"t1","expires_in":300}"""));
        using var server = StubServer.Http(r => r.Authorization == "Bearer t1" ? Serve(r)
            : Challenge($"Bearer realm=\"http://{realm.Authority}/token?x=1\",service=\"reg, one\",scope=\"repository:team/shop:pull\""));
        using var client = new RegistryClient(Variables, Quick);

        await client.GetConfigAsync(Image(server), new("linux", "arm64"), default);

        var request = realm.Requests.Single();
        Assert.That(request.Authorization, Is.EqualTo(Basic));
        Assert.That(request.Path, Is.EqualTo("/token?x=1&service=reg%2C%20one&scope=repository%3Ateam%2Fshop%3Apull&account=ann"));
        Assert.That(server.Requests, Has.Count.EqualTo(4), "one refusal, then index, manifest and config");
    }

    [Test]
    public async Task Fetches_a_token_without_a_user_where_there_is_no_credential()
    {
        using var realm = StubServer.Http(_ => new StubAnswer(200, """{"access_token":"anonymous"}"""));
        using var server = StubServer.Http(r => r.Authorization == "Bearer anonymous"
            ? Serve(r)
            : Challenge($"Bearer realm=\"http://{realm.Authority}/\""));
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
        Assert.That((realm.Requests.Single().Authorization, realm.Requests.Single().Path),
            Is.EqualTo(("", "/?scope=repository%3Ateam%2Fshop%3Apull")));
    }

    [Test]
    public async Task Exchanges_an_identity_token_by_POST()
    {
        using var folder = new TestFolder();
        using var realm = StubServer.Http(_ => new StubAnswer(200, """{"access_token":"t2"}"""));
        using var server = StubServer.Http(r => r.Authorization == "Bearer t2"
            ? Serve(r)
            : Challenge($"Bearer realm=\"http://{realm.Authority}/oauth\",service=\"s\""));
        folder.Write("config.json", $$$"""{"auths":{"{{{server.Authority}}}":{"identitytoken":"refresh+1"} } }""");
        using var client = new RegistryClient(new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path }, Quick);

        await client.HeadManifestAsync(Image(server), default);

        Assert.That(realm.Requests.Single().Method, Is.EqualTo("POST"));
        Assert.That(realm.Requests.Single().Body, Does.Contain("grant_type=refresh_token").And.Contain("refresh_token=refresh%2B1"));
    }

    [Test]
    public async Task Fetches_a_new_token_when_the_kept_one_is_refused()
    {
        var count = 0;
        using var realm = StubServer.Http(_ => new StubAnswer(200, $$"""{"token":"t{{++count}}"}"""));
        using var server = StubServer.Http(r => r.Authorization == $"Bearer t{Math.Max(1, count)}"
            && !(count == 1 && r.Path.EndsWith("/2", StringComparison.Ordinal))
            ? Serve(r) : Challenge($"Bearer realm=\"http://{realm.Authority}/\""));
        using var client = new RegistryClient(NoEnvironment, Quick);

        await client.HeadManifestAsync(Image(server), default);
        Assert.That(await client.HeadManifestAsync(Image(server, "2"), default), Is.Null);
        Assert.That(realm.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(401, RegistryFailure.Denied)]
    [TestCase(400, RegistryFailure.Denied)]
    [TestCase(429, RegistryFailure.RateLimited)]
    [TestCase(500, RegistryFailure.Server)]
    public async Task Tells_how_the_realm_refuses_without_a_secret(int status, RegistryFailure kind)
    {
        using var realm = StubServer.Http(_ => new StubAnswer(status, $$"""{"errors":[{"code":"{{Password}}","message":"{{Password}}"}]}"""));
        using var server = StubServer.Http(_ => Challenge($"Bearer realm=\"http://{realm.Authority}/\""));
        using var client = new RegistryClient(Variables, Quick);

        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));

        Assert.That(failure.Kind, Is.EqualTo(kind));
        Assert.That(failure.ToString(), Does.Not.Contain("p4ssw0rd").And.Not.Contain(Basic));
    }

    [Test]
    [NotUnderWine(Wine.Certificates)]
    public async Task Gives_no_password_to_a_plain_http_realm_elsewhere()
    {
        using var server = StubServer.Https(TestCertificates.SelfSigned(), _ => Challenge("Bearer realm=\"http://192.0.2.1/\""));
        using var client = new RegistryClient(Variables, Quick);

        // 192.0.2.1 answers nobody (RFC 5737): had it been asked, this would be Unreachable.
        Assert.That((await FailureAsync(() => client.HeadManifestAsync(Image(server), default))).Kind, Is.EqualTo(RegistryFailure.Denied));
    }

    [Test]
    public async Task Leaves_the_header_behind_when_a_blob_redirects_to_another_host()
    {
        using var storage = StubServer.Http(_ => new StubAnswer(200, Config));
        using var server = StubServer.Http(r => r.Authorization != Basic ? Challenge("Basic realm=\"x\"")
            : r.Path.Contains("/blobs/", StringComparison.Ordinal)
                ? new StubAnswer(307) { Headers = { ["Location"] = $"http://{storage.Authority}/data?signature=1" } }
                : Serve(r));
        using var client = new RegistryClient(Variables, Quick);

        var result = await client.GetConfigAsync(Image(server), new("linux", "arm64"), default);

        Assert.That(result.ConfigJson, Is.EqualTo(Config));
        Assert.That((storage.Requests.Single().Path, storage.Requests.Single().Authorization), Is.EqualTo(("/data?signature=1", "")));
    }

    [Test]
    public async Task Keeps_the_header_when_a_redirect_stays_on_the_host()
    {
        using var server = StubServer.Http(r => r.Authorization != Basic ? Challenge("Basic realm=\"x\"")
            : r.Path.StartsWith("/moved", StringComparison.Ordinal) ? Serve(r with { Path = r.Path["/moved".Length..] })
            : new StubAnswer(302) { Headers = { ["Location"] = "/moved" + r.Path } });
        using var client = new RegistryClient(Variables, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
    }

    [Test]
    public async Task Follows_no_endless_redirect()
    {
        using var server = StubServer.Http(_ => new StubAnswer(302) { Headers = { ["Location"] = "/again" } });
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That((await FailureAsync(() => client.HeadManifestAsync(Image(server), default))).Kind, Is.EqualTo(RegistryFailure.Server));
    }

    private static StubAnswer Challenge(string challenge) => new(401) { Headers = { ["WWW-Authenticate"] = challenge } };
}
