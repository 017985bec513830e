using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.Engines;

namespace BuildKit.Core.Tests.Engines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EngineEndpointTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> environment;

    public EngineEndpointTests()
    {
        environment = new() { ["DOCKER_CONFIG"] = folder.Path };
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void Is_the_default_socket_unless_something_names_another() =>
        Assert.That(EngineEndpoint.Find(new(environment)).Address, Is.EqualTo(EngineEndpoint.DefaultAddress));

    [Test]
    public void Is_DOCKER_HOST_before_DOCKER_CONTEXT_before_the_current_context()
    {
        Context("one", "unix:///one.sock");
        Context("two", "unix:///two.sock");
        folder.Write("config.json", """{"currentContext":"one"}""");
        Assert.That(EngineEndpoint.Find(new(environment)).ToString(), Is.EqualTo("unix:///one.sock (context one)"));

        environment["DOCKER_CONTEXT"] = "two";
        Assert.That(EngineEndpoint.Find(new(environment)).Address, Is.EqualTo("unix:///two.sock"));

        environment["DOCKER_HOST"] = "unix:///three.sock";
        Assert.That(EngineEndpoint.Find(new(environment)), Is.EqualTo(new EngineEndpoint(EngineEndpointKind.Unix, "unix:///three.sock")));
    }

    [Test]
    public void Is_the_default_socket_for_the_context_named_default()
    {
        folder.Write("config.json", """{"currentContext":"default"}""");

        Assert.That(EngineEndpoint.Find(new(environment)).Context, Is.Empty);
    }

    [TestCase("unix:///run/d.sock", EngineEndpointKind.Unix, true)]
    [TestCase("npipe:////./pipe/docker_engine", EngineEndpointKind.NamedPipe, true)]
    [TestCase("tcp://10.0.0.1:2375", EngineEndpointKind.Tcp, true)]
    [TestCase("10.0.0.1:2375", EngineEndpointKind.Tcp, true)]
    [TestCase("ssh://me@there", EngineEndpointKind.Ssh, false)]
    [TestCase("fd://", EngineEndpointKind.Unusable, false)]
    [TestCase("tcp://", EngineEndpointKind.Unusable, false)]
    public void Knows_Dockers_forms_of_an_address(string host, EngineEndpointKind kind, bool canCall)
    {
        environment["DOCKER_HOST"] = host;

        var endpoint = EngineEndpoint.Find(new(environment));

        Assert.That((endpoint.Kind, endpoint.CanCall), Is.EqualTo((kind, canCall)));
    }

    [Test]
    public void Takes_TLS_from_the_variables()
    {
        environment["DOCKER_HOST"] = "tcp://engine:2376";
        environment["DOCKER_TLS_VERIFY"] = "1";
        environment["DOCKER_CERT_PATH"] = "/certs";

        var endpoint = EngineEndpoint.Find(new(environment));

        Assert.That((endpoint.UsesTls, endpoint.CertificateFolder, endpoint.Identity), Is.EqualTo((true, "/certs", "tcp://engine:2376+tls")));
    }

    [Test]
    public void Takes_TLS_from_the_folder_of_the_context()
    {
        Context("remote", "tcp://engine:2376");
        environment["DOCKER_CONTEXT"] = "remote";
        Assert.That(EngineEndpoint.Find(new(environment)).UsesTls, Is.False);

        var ca = folder.Write($"contexts/tls/{Id("remote")}/docker/ca.pem", "");
        Assert.That(EngineEndpoint.Find(new(environment)).CertificateFolder, Is.EqualTo(Path.GetDirectoryName(ca)));
    }

    [Test]
    public void Says_so_when_the_context_does_not_exist()
    {
        environment["DOCKER_CONTEXT"] = "gone";

        var endpoint = EngineEndpoint.Find(new(environment));

        Assert.That((endpoint.CanCall, endpoint.Problem), Is.EqualTo((false, "The Docker context \"gone\" does not exist.")));
    }

    [Test]
    public void Has_an_identity_that_does_not_depend_on_the_context()
    {
        Context("one", "unix:///same.sock");
        environment["DOCKER_CONTEXT"] = "one";
        var first = EngineEndpoint.Find(new(environment)).Identity;
        environment["DOCKER_HOST"] = "unix:///same.sock";

        Assert.That(EngineEndpoint.Find(new(environment)).Identity, Is.EqualTo(first));
    }

    private void Context(string name, string host) => folder.Write(
        $"contexts/meta/{Id(name)}/meta.json", $$$"""{"Name":"{{{name}}}","Endpoints":{"docker":{"Host":"{{{host}}}","SkipTLSVerify":false} } }""");

    private static string Id(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
}
