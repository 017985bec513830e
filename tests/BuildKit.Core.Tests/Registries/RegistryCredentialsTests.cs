using BuildKit.Core.Environments;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Tests.Registries;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RegistryCredentialsTests : IDisposable
{
    private const string Auth = "YW5uOmZyb20tYXV0aHM="; // ann:from-auths

    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> environment;

    public RegistryCredentialsTests()
    {
        var path = OperatingSystem.IsWindows() ? folder.Path : folder.Path + ":/usr/bin:/bin";
        environment = new() { ["DOCKER_CONFIG"] = folder.Path, ["PATH"] = path };
        Helper("host", "from-host-helper");
        Helper("all", "from-store");
    }

    public void Dispose() => folder.Dispose();

    [TestCase("""{"credHelpers":{"r.example":"host"},"credsStore":"all","auths":{"r.example":{"auth":"AUTH"} } }""", "from-host-helper")]
    [TestCase("""{"credHelpers":{"other.example":"host"},"credsStore":"all","auths":{"r.example":{"auth":"AUTH"} } }""", "from-store")]
    [TestCase("""{"auths":{"r.example":{"auth":"AUTH"} } }""", "from-auths")]
    [TestCase("""{"auths":{"https://r.example/v1/":{"auth":"AUTH"} } }""", "from-auths")]
    [TestCase("""{"credsStore":"missing","auths":{"r.example":{"auth":"AUTH"} } }""", "from-auths")]
    [TestCase("""{"credsStore":"../all"}""", null)]
    [TestCase("""{"auths":{"r.example":{}}}""", null)]
    [TestCase("""{"auths":{"r.example.org":{"auth":"AUTH"} } }""", null)]
    [TestCase("{ broken", null)]
    public async Task Come_in_Dockers_order(string config, string? secret)
    {
        folder.Write("config.json", config.Replace("AUTH", Auth, StringComparison.Ordinal));

        Assert.That((await FindAsync("r.example"))?.Secret, Is.EqualTo(secret));
    }

    [Test]
    public async Task Are_asked_of_the_helper_by_the_servers_name_on_standard_input()
    {
        folder.Write("config.json", """{"credsStore":"all"}""");

        await FindAsync("");

        // Wine's set /p takes the last letter for a line end.
        Assert.That(File.ReadAllText(folder.Full("all.stdin")).Trim(),
            Is.EqualTo("get https://index.docker.io/v1/").Or.EqualTo("get https://index.docker.io/v1"));
    }

    [Test]
    public async Task Are_an_identity_token_when_the_helper_says_so()
    {
        Helper("all", "refresh", user: "<token>");
        folder.Write("config.json", """{"credsStore":"all"}""");

        Assert.That((await FindAsync("r.example"))!.Kind, Is.EqualTo(RegistryCredentialKind.IdentityToken));
    }

    [TestCase("exit 1", "exit 1")]
    [TestCase("echo 'no json'", "echo no json")]
    [TestCase("sleep 20", "ping -n 20 127.0.0.1 >nul")]
    public async Task Are_sought_elsewhere_when_the_helper_fails_or_hangs(string script, string batch)
    {
        Script("all", script, batch);
        folder.Write("config.json", $$$"""{"credsStore":"all","auths":{"r.example":{"auth":"{{{Auth}}}"} } }""");

        Assert.That((await FindAsync("r.example", TimeSpan.FromMilliseconds(300)))?.Secret, Is.EqualTo("from-auths"));
    }

    [TestCase("cat > /dev/null; echo 'no such key'; exit 3", "docker-credential-all ended with exit code 3 (\"no such key\")")]
    [TestCase("cat > /dev/null; echo 'keychain is locked' >&2; exit 1", "docker-credential-all ended with exit code 1 (\"keychain is locked\")")]
    [TestCase("cat > /dev/null; echo 'credentials not found in native keychain'; exit 1", "")]
    [TestCase("cat > /dev/null; echo 'no json'", "docker-credential-all gave an answer that is no JSON")]
    [TestCase("cat > /dev/null; echo '{}'", "")]
    [TestCase("sleep 20", "docker-credential-all did not answer within 0.3 s")]
    [TestCase(null, "docker-credential-none is not on PATH")]
    [Platform("Unix")]
    public async Task A_helper_that_fails_is_named_with_what_it_said(string? script, string fault)
    {
        if (script is not null)
        {
            Script("all", script, "");
        }

        folder.Write("config.json", script is null ? """{"credsStore":"none"}""" : """{"credsStore":"all"}""");
        var credentials = new RegistryCredentials(DockerConfigFile.Load(new(environment)), new(environment), TimeSpan.FromMilliseconds(300));
        var host = RegistryHost.Of("r.example");
        Assert.That((await credentials.FindAsync(host, RegistryAccess.Pull, default), credentials.HelperFaultOf(host)),
            Is.EqualTo(((RegistryCredential?)null, fault)));
    }

    [TestCase(RegistryAccess.Push, "PUSH", "push")]
    [TestCase(RegistryAccess.Pull, "PULL", "pull")]
    [TestCase(RegistryAccess.PullFromOutput, "PULL", "pull")]
    [TestCase(RegistryAccess.Push, "", "common")]
    [TestCase(RegistryAccess.PullFromOutput, "", "common")]
    [TestCase(RegistryAccess.Push, "OLD", "old")]
    [TestCase(RegistryAccess.Pull, "", "from-auths")] // A base image's registry is not the one that the common pair is for.
    public async Task Come_from_the_SDKs_variables_first(RegistryAccess access, string set, string secret)
    {
        folder.Write("config.json", $$$"""{"auths":{"r.example":{"auth":"{{{Auth}}}"} } }""");
        Variable("SDK_CONTAINER_REGISTRY", "old");
        if (set != "OLD")
        {
            Variable("DOTNET_CONTAINER_REGISTRY", "common");
        }

        if (set is "PUSH" or "PULL")
        {
            Variable("DOTNET_CONTAINER_PUSH_REGISTRY", "push");
            Variable("DOTNET_CONTAINER_PULL_REGISTRY", "pull");
        }

        Assert.That((await FindAsync("r.example", access: access))!.Secret, Is.EqualTo(secret));
    }

    [Test]
    public async Task Come_from_DOCKER_AUTH_CONFIG_before_the_file()
    {
        folder.Write("config.json", """{"credsStore":"all"}""");
        environment["DOCKER_AUTH_CONFIG"] = $$$"""{"auths":{"r.example":{"auth":"{{{Auth}}}"} } }""";

        Assert.That((await FindAsync("r.example"))!.Secret, Is.EqualTo("from-auths"));
    }

    [Test]
    public void Never_show_the_secret() =>
        Assert.That(new RegistryCredential("ann", "hush", RegistryCredentialKind.Password).ToString(),
            Does.Not.Contain("hush").And.Not.Contain("ann"));

    [Test]
    public void Config_gives_context_and_proxies()
    {
        folder.Write("config.json",
            """{"currentContext":"remote","proxies":{"default":{"httpProxy":"http://p:1","noProxy":"x","odd":1}},"credHelpers":[]}""");

        var config = DockerConfigFile.Load(new(environment));

        Assert.That(config.CurrentContext, Is.EqualTo("remote"));
        Assert.That(config.Proxies["default"], Is.EquivalentTo(new Dictionary<string, string> { ["httpProxy"] = "http://p:1", ["noProxy"] = "x" }));
        var home = new BuildEnvironment { ["HOME"] = "/h", ["USERPROFILE"] = "/h" };
        Assert.That(DockerConfigFile.Load(home).Folder, Is.EqualTo(Path.Combine("/h", ".docker")));
        Assert.That(DockerConfigFile.Load(new BuildEnvironment()).Folder, Is.Empty);
    }

    private Task<RegistryCredential?> FindAsync(string registry, TimeSpan? limit = null, RegistryAccess access = RegistryAccess.Pull) =>
        new RegistryCredentials(DockerConfigFile.Load(new(environment)), new(environment), limit ?? TimeSpan.FromSeconds(10))
            .FindAsync(RegistryHost.Of(registry), access, default);

    private void Variable(string prefix, string secret) =>
        (environment[prefix + "_UNAME"], environment[prefix + "_PWORD"]) = ("ann", secret);

    private void Helper(string name, string secret, string user = "ann") =>
        Script(name, $$"""(printf '%s ' "$1"; cat) > "{{folder.Path}}/{{name}}.stdin"; echo '{"Username":"{{user}}","Secret":"{{secret}}"}'""",
            $$"""
            set /p server=
            echo %1 %server%>"%~dp0{{name}}.stdin"
            echo {"Username":"{{user}}","Secret":"{{secret}}"}
            """);

    private void Script(string name, string text, string batch)
    {
        if (OperatingSystem.IsWindows())
        {
            folder.Write($"docker-credential-{name}.cmd", "@echo off\r\n" + batch.ReplaceLineEndings("\r\n") + "\r\n");
            return;
        }

        var file = folder.Write("docker-credential-" + name, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
