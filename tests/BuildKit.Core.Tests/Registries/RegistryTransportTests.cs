using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Registries.StubRegistry;

namespace BuildKit.Core.Tests.Registries;

public sealed class RegistryTransportTests
{
    [Test]
    public async Task Asks_a_port_of_this_machine_by_plain_http_first()
    {
        using var server = StubServer.Http(Serve);
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
        Assert.That(await client.HeadManifestAsync(Image(server) with { Registry = $"registry.localhost:{server.Port}" }, default), Is.Not.Null);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase(true)]
    [TestCase(false)]
    [NotUnderWine(Wine.Certificates)]
    public async Task Goes_on_to_https_when_the_port_of_this_machine_speaks_TLS(bool answersPlainHttp)
    {
        using var server = StubServer.Https(TestCertificates.SelfSigned(), Serve, answersPlainHttp);
        using var client = new RegistryClient(NoEnvironment, Quick);

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
    }

    [Test]
    public async Task Lets_the_answer_of_plain_http_stand_when_https_fails_as_well()
    {
        using var server = StubServer.Http(_ => new StubAnswer(400));
        using var client = new RegistryClient(NoEnvironment, Quick);

        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));
        Assert.That((failure.Kind, failure.StatusCode), Is.EqualTo((RegistryFailure.Server, 400)));
    }

    [Test]
    public async Task Speaks_of_no_TLS_when_a_plain_registry_closes_the_connection()
    {
        using var server = StubServer.Http(_ => null);
        using var client = new RegistryClient(NoEnvironment, Quick);

        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));
        Assert.That((failure.Kind, failure.Message),
            Is.EqualTo((RegistryFailure.Unreachable, $"The registry {server.Authority} does not answer: the connection was closed.")));
    }

    [Test]
    public async Task Goes_through_the_proxy_with_the_proxys_user()
    {
        // Refuses the tunnel that https wants, so that plain http, allowed for this registry, comes next.
        using var proxy = StubServer.Http(r => r.Method == "CONNECT" ? new StubAnswer(502)
            : r.Headers.ContainsKey("proxy-authorization") ? Serve(r with { Path = new Uri(r.Path).AbsolutePath })
            : new StubAnswer(407) { Headers = { ["Proxy-Authenticate"] = "Basic realm=\"p\"" } });
        var variables = new BuildEnvironment
        { ["HTTPS_PROXY"] = $"http://ann:hush@{proxy.Authority}", ["HTTP_PROXY"] = $"ann:hush@{proxy.Authority}" };
        using var client = new RegistryClient(variables, Quick with { InsecureRegistries = ["registry.example:5000"] });

        Assert.That(await client.HeadManifestAsync(Image(proxy) with { Registry = "registry.example:5000" }, default), Is.Not.Null);
        Assert.That(proxy.Requests.Last().Path, Is.EqualTo("http://registry.example:5000/v2/team/shop/manifests/1"));
    }

    [Test]
    public void Never_speaks_plain_http_to_another_machine()
    {
        using var connections = new RegistryConnections(NoEnvironment, Quick);

        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("registry.example:5000")), Is.False);
        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("localhost.example:5000")), Is.False);
        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("127.0.0.2:5000")), Is.True);
        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("[::1]:5000")), Is.True);
    }

    [TestCase("DOTNET_CONTAINER_INSECURE_REGISTRIES")]
    [TestCase("options")]
    [TestCase("project")]
    public void Speaks_plain_http_where_the_user_calls_the_registry_insecure(string source)
    {
        var variables = new BuildEnvironment { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = "other:1, Registry.example:5000" };
        using var connections = source == "options"
            ? new RegistryConnections(NoEnvironment, Quick with { InsecureRegistries = ["registry.example:5000"] })
            : source == "project"
                ? new RegistryConnections(new BuildEnvironment([], [new RegistryTrust("registry.example:5000", Insecure: true)]), Quick)
            : new RegistryConnections(variables, Quick);

        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("registry.example:5000")), Is.True);
        Assert.That(connections.AllowsPlainHttp(RegistryHost.Of("registry.example")), Is.False);
    }

    [Test]
    [NotUnderWine(Wine.Certificates)]
    public async Task Trusts_the_certificate_that_lies_in_the_folder_of_the_registry()
    {
        using var folder = new TestFolder();
        using var certificate = TestCertificates.SelfSigned();
        using var server = StubServer.Https(certificate, Serve);
        folder.Write($"{server.Authority}/ca.crt", certificate.ExportCertificatePem());
        using var client = new RegistryClient(NoEnvironment, Quick with { CertificateFolders = [folder.Path] });

        Assert.That(await client.HeadManifestAsync(Image(server), default), Is.Not.Null);
    }

    [Test]
    [NotUnderWine(Wine.Certificates)]
    public async Task Trusts_the_authority_that_the_project_names_and_no_other()
    {
        using var folder = new TestFolder();
        using var certificate = TestCertificates.SelfSigned();
        using var other = TestCertificates.SelfSigned();
        using var server = StubServer.Https(certificate, Serve);
        RegistryClient Trusting(X509Certificate2 authority) => new(new BuildEnvironment(
            [], [new RegistryTrust(server.Authority, Insecure: false, folder.Write("ca.pem", authority.ExportCertificatePem()))]), Quick);

        using var right = Trusting(certificate);
        Assert.That(await right.HeadManifestAsync(Image(server), default), Is.Not.Null);
        using var wrong = Trusting(other);
        Assert.That((await FailureAsync(() => wrong.HeadManifestAsync(Image(server), default))).Kind, Is.EqualTo(RegistryFailure.Tls));
    }

    [Test]
    [NotUnderWine(Wine.Certificates)]
    public async Task Says_that_a_certificate_is_not_trusted()
    {
        using var folder = new TestFolder();
        using var certificate = TestCertificates.SelfSigned();
        using var other = TestCertificates.SelfSigned();
        using var server = StubServer.Https(certificate, Serve);
        // A folder for the registry makes its authorities the only way in, also on this machine.
        folder.Write($"{server.Authority}/ca.crt", other.ExportCertificatePem());
        using var client = new RegistryClient(NoEnvironment, Quick with { CertificateFolders = [folder.Path] });

        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));

        Assert.That((failure.Kind, failure.Message),
            Is.EqualTo((RegistryFailure.Tls, $"No secure connection to the registry {server.Authority}: its certificate is not trusted.")));
    }

    [TestCase("https://a.example/", "http://proxy:3128/")]
    [TestCase("https://x.internal/", null)]
    [TestCase("https://internal/", null)]
    [TestCase("https://10.1.2.3/", null)]
    [TestCase("https://11.1.2.3/", "http://proxy:3128/")]
    [TestCase("https://b.example:5000/", null)]
    [TestCase("https://localhost:5000/", null)]
    [TestCase("http://a.example/", null)]
    public void Takes_the_proxy_of_the_builds_environment(string address, string? proxy)
    {
        var subject = new EnvironmentProxy(new BuildEnvironment
        {
            ["https_proxy"] = "proxy:3128",
            ["NO_PROXY"] = "internal, 10.0.0.0/8,b.example:5000",
        });

        Assert.That(subject.GetProxy(new Uri(address)), Is.EqualTo(proxy is null ? null : new Uri(proxy)));
    }
}
