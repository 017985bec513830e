using System.Text.Json;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Registries;

public sealed class PushPreflightTests
{
    // answer to the upload, whether there is a login -> what is said
    [TestCase(401, false, "there is no login for it")]
    [TestCase(403, false, "there is no login for it")]
    [TestCase(401, true, "does not accept the login")]
    [TestCase(403, true, "may not push there")]
    [TestCase(202, false, "")]
    [TestCase(202, true, "")]
    [TestCase(404, true, "")]
    [TestCase(429, true, "")]
    [TestCase(500, false, "")]
    public async Task Names_a_login_that_is_missing_or_wrong_and_nothing_else(int status, bool hasLogin, string reason)
    {
        using var server = StubServer.Http(_ => new StubAnswer(status));
        var environment = hasLogin
            ? new BuildEnvironment { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann", ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "hush" }
            : StubRegistry.NoEnvironment;
        var check = await new PushPreflight(new RegistryClients(environment, StubRegistry.Quick)).CheckAsync(StubRegistry.Image(server), default);
        Assert.That(check.Refusal?.At(null).Code ?? "", Is.EqualTo(reason.Length == 0 ? "" : "BK5001"));
        Assert.That(check.Refusal?.At(null).Message ?? reason, Does.Contain(reason).And.Not.Contain("hush"));
        Assert.That(check.Refusal?.At(null).Message ?? "docker login", Does.Contain("docker login"));
    }

    [Test]
    public async Task A_token_server_that_refuses_the_password_is_a_wrong_login()
    {
        StubServer server = null!;
        server = StubServer.Http(request => request.Path.StartsWith("/token", StringComparison.Ordinal) ? new StubAnswer(401)
            : new StubAnswer(401) { Headers = { ["WWW-Authenticate"] = $"Bearer realm=\"http://{server.Authority}/token\",service=\"s\"" } });
        using (server)
        {
            var environment = new BuildEnvironment { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann", ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "hush" };
            var check = await new PushPreflight(new RegistryClients(environment, StubRegistry.Quick)).CheckAsync(StubRegistry.Image(server), default);
            Assert.That(check.Refusal?.At(null).Message, Does.Contain("does not accept the login").And.Contain($"docker login {server.Authority}"));
        }
    }

    [TestCase(true, "BK5010", false)]
    [TestCase(false, "", false)]
    [TestCase(null, "", true)]
    public async Task A_registry_that_nobody_reaches_is_refused_and_one_that_somebody_may_reach_is_not(bool? isOutOfReach, string code,
        bool isDoubtful)
    {
        var preflight = new PushPreflight(new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick))
        {
            IsOutOfReach = (_, _) =>
            Task.FromResult(isOutOfReach)
        };
        var check = await preflight.CheckAsync(new ImageReference("127.0.0.1:1", "shop", "1"), default);
        Assert.That((check.Refusal?.At(null).Code ?? "", check.Doubt.Length > 0), Is.EqualTo((code, isDoubtful)));
        Assert.That(check.DoubtAt(new ImageReference("127.0.0.1:1", "shop", "1"), null)?.Code, Is.EqualTo(isDoubtful ? "BK5021" : null));
    }

    [Test]
    public async Task A_registry_that_is_busy_is_asked_again()
    {
        var busy = 2;
        using var server = StubServer.Http(_ => new StubAnswer(busy-- > 0 ? 429 : 401));
        var check = await new PushPreflight(new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick)).CheckAsync(
            StubRegistry.Image(server), default);
        Assert.That(check.Refusal?.At(null).Code, Is.EqualTo("BK5001"));
    }
}

[Platform("Unix")]
public sealed class TemporaryDockerConfigTests
{
    [Test]
    public void Has_the_users_settings_and_the_credential_and_is_gone_afterwards()
    {
        using var own = new TestFolder();
        var text =
            """{"auths":{"r.example.com":{"auth":"b2xk"},"o.example.com":{"auth":"b3RoZXI="}},"credsStore":"desktop","currentContext":"team","cliPluginsExtraDirs":["/p"]}""";
        own.Write("config.json", text);
        own.Write("contexts/meta/x/meta.json", "{}");
        var environment = new BuildEnvironment
        {
            ["DOCKER_CONFIG"] = own.Path,
            ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann",
            ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "hush",
        };
        string folder;
        using (var config = TemporaryDockerConfig.Create(environment, [new("r.example.com", "shop", "1")])!)
        {
            folder = config.Variables["DOCKER_CONFIG"]!;
            Assert.That(config.Variables["BUILDX_CONFIG"], Is.EqualTo(Path.Combine(own.Path, "buildx")));
            Assert.That(File.Exists(Path.Combine(folder, "contexts/meta/x/meta.json")), Is.True);
            Assert.That(OperatingSystem.IsWindows()
                || (File.GetUnixFileMode(folder) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) == UnixFileMode.None);
            var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json"))).RootElement;
            Assert.That(json.GetProperty("auths").GetProperty("r.example.com").GetProperty("auth").GetString(), Is.EqualTo("YW5uOmh1c2g="));
            Assert.That(json.GetProperty("auths").GetProperty("o.example.com").GetProperty("auth").GetString(), Is.EqualTo("b3RoZXI="));
            Assert.That(json.GetProperty("credHelpers").GetProperty("r.example.com").GetString(), Is.Empty);
            Assert.That(json.GetProperty("credsStore").GetString(), Is.EqualTo("desktop"));
            Assert.That(json.GetProperty("currentContext").GetString(), Is.EqualTo("team"));
            Assert.That(json.GetProperty("cliPluginsExtraDirs").EnumerateArray().Select(path => path.GetString()),
                Is.EqualTo(new[] { "/p", Path.Combine(own.Path, "cli-plugins") }));
        }

        Assert.That(Directory.Exists(folder), Is.False);
        Assert.That(File.ReadAllText(Path.Combine(own.Path, "config.json")), Is.EqualTo(text));
        Assert.That(File.Exists(Path.Combine(own.Path, "contexts/meta/x/meta.json")), Is.True);
    }

    [Test]
    public void Is_not_made_without_the_variables() =>
        Assert.That(TemporaryDockerConfig.Create(StubRegistry.NoEnvironment, [new("r.example.com", "shop", "1")]), Is.Null);
}
