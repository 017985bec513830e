using System.Text.Json;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Registries;

public sealed class PushPreflightTests
{
    // answers to the upload, whether there is a login -> diagnostic
    [TestCase(401, false, "BK5001")]
    [TestCase(403, false, "BK5001")]
    [TestCase(401, true, "")] // Whether it is the right one shows in the build.
    [TestCase(202, false, "")]
    [TestCase(404, false, "")]
    [TestCase(500, false, "")]
    public async Task Names_a_missing_login_and_nothing_else(int status, bool hasLogin, string code)
    {
        using var server = StubServer.Http(_ => new StubAnswer(status));
        var environment = hasLogin
            ? new Dictionary<string, string> { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "ann", ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "hush" } : [];
        var check = await new PushPreflight(environment, StubRegistry.Quick).CheckAsync(StubRegistry.Image(server), null, default);
        Assert.That(check.Refusal?.Code ?? "", Is.EqualTo(code));
        Assert.That(check.Refusal?.Message ?? "docker login", Does.Contain("docker login"));
        Assert.That(server.Requests.IsEmpty, Is.EqualTo(hasLogin));
    }
}

[Platform("Unix")]
public sealed class TemporaryDockerConfigTests
{
    [Test]
    public void Has_the_users_settings_and_the_credential_and_is_gone_afterwards()
    {
        using var own = new TestFolder();
        var text = """{"auths":{"r.example.com":{"auth":"b2xk"},"o.example.com":{"auth":"b3RoZXI="}},"credsStore":"desktop","currentContext":"team","cliPluginsExtraDirs":["/p"]}""";
        own.Write("config.json", text);
        own.Write("contexts/meta/x/meta.json", "{}");
        var environment = new Dictionary<string, string>
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
            Assert.That(OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) == UnixFileMode.None);
            var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json"))).RootElement;
            Assert.That(json.GetProperty("auths").GetProperty("r.example.com").GetProperty("auth").GetString(), Is.EqualTo("YW5uOmh1c2g="));
            Assert.That(json.GetProperty("auths").GetProperty("o.example.com").GetProperty("auth").GetString(), Is.EqualTo("b3RoZXI="));
            Assert.That(json.GetProperty("credHelpers").GetProperty("r.example.com").GetString(), Is.Empty);
            Assert.That(json.GetProperty("credsStore").GetString(), Is.EqualTo("desktop"));
            Assert.That(json.GetProperty("currentContext").GetString(), Is.EqualTo("team"));
            Assert.That(json.GetProperty("cliPluginsExtraDirs").EnumerateArray().Select(path => path.GetString()), Is.EqualTo(new[] { "/p", Path.Combine(own.Path, "cli-plugins") }));
        }

        Assert.That(Directory.Exists(folder), Is.False);
        Assert.That(File.ReadAllText(Path.Combine(own.Path, "config.json")), Is.EqualTo(text));
        Assert.That(File.Exists(Path.Combine(own.Path, "contexts/meta/x/meta.json")), Is.True);
    }

    [Test]
    public void Is_not_made_without_the_variables() =>
        Assert.That(TemporaryDockerConfig.Create(StubRegistry.NoEnvironment, [new("r.example.com", "shop", "1")]), Is.Null);
}
