using BuildKit.Core.Images;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Tests.Registries;

public sealed class RegistryHostTests
{
    [TestCase("debian:12", "registry-1.docker.io", "library/debian", RegistryHost.DockerHubKey)]
    [TestCase("docker.io/team/shop", "registry-1.docker.io", "team/shop", RegistryHost.DockerHubKey)]
    [TestCase("index.docker.io/debian", "registry-1.docker.io", "library/debian", RegistryHost.DockerHubKey)]
    [TestCase("localhost:5000/debian", "localhost:5000", "debian", "localhost:5000")]
    public void Knows_the_ways_of_Docker_Hub(string image, string authority, string repository, string key)
    {
        var reference = ImageReference.TryParse(image)!;
        var host = RegistryHost.Of(reference);

        Assert.That((host.Authority, host.RepositoryOf(reference), host.CredentialKey), Is.EqualTo((authority, repository, key)));
    }

    [TestCase("localhost", null, true)]
    [TestCase("a.localhost:80", 80, true)]
    [TestCase("127.3.2.1:5000", 5000, true)]
    [TestCase("[::1]:5000", 5000, true)]
    [TestCase("[::1]", null, true)]
    [TestCase("mylocalhost:5000", 5000, false)]
    [TestCase("128.0.0.1", null, false)]
    public void Knows_this_machine_and_the_port(string name, int? port, bool loopback) =>
        Assert.That((RegistryHost.Of(name).Port, RegistryHost.Of(name).IsLoopback), Is.EqualTo((port, loopback)));
}
