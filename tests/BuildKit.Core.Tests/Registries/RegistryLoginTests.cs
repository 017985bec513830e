using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Tests.Registries;

public sealed class RegistryLoginTests
{
    [TestCase("""{"auths":{"r.example":{"auth":"YW5uOnNlY3JldA=="} } }""", "r.example", "logged in as \"ann\"")]
    [TestCase("""{"auths":{"r.example":{"identitytoken":"secret"} } }""", "r.example", "logged in with a token")]
    [TestCase("""{"auths":{"r.example":{"auth":"YW5uOnNlY3JldA=="} } }""", "s.example", "there is no login for it on this machine")]
    [TestCase("""{"auths":{"https://index.docker.io/v1/":{"auth":"YW5uOnNlY3JldA=="} } }""", "docker.io", "logged in as \"ann\"")]
    public async Task Is_the_one_that_Docker_hands_on(string config, string registry, string words)
    {
        using var folder = new TestFolder();
        folder.Write("config.json", config);
        Assert.That(await new RegistryLogin(new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path }, []).OfAsync(registry, default),
            Is.EqualTo(new ShownLogin(words)));
    }

    [Test]
    public async Task Is_that_of_the_SDKs_variables_where_something_is_pushed_only()
    {
        using var folder = new TestFolder();
        var environment = new BuildEnvironment
        {
            ["DOCKER_CONFIG"] = folder.Path,
            ["DOTNET_CONTAINER_REGISTRY_UNAME"] = "bob",
            ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "secret",
        };
        var login = new RegistryLogin(environment, [ImageReference.TryParse("r.example/shop:1")!]);
        Assert.That(((await login.OfAsync("r.example", default)).Text, (await login.OfAsync("s.example", default)).Text),
            Is.EqualTo(("logged in as \"bob\"", "there is no login for it on this machine")));
    }
}
