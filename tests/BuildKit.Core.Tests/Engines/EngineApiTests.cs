using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Engines;
using BuildKit.Core.Images;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Engines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EngineApiTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private EngineEndpoint Endpoint => new(
        OperatingSystem.IsWindows() ? EngineEndpointKind.NamedPipe : EngineEndpointKind.Unix, StubServer.EngineAddress(folder.Path + "/e.sock"));

    [Test]
    public async Task Reads_version_and_setup()
    {
        using var server = Serve(path => path switch
        {
            "/_ping" => new(200, "OK"),
            "/version" =>
                new(200,
                    """{"Version":"28.5.2+dfsg4","ApiVersion":"1.51","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64","Components":[{"Name":"Engine"},{"Name":"containerd"}]}"""),
            "/info" => new(200, """
                {"ID":"e2c6","Name":"vm","Driver":"overlayfs","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]],"CgroupVersion":"2",
                "SecurityOptions":["name=seccomp,profile=builtin","name=rootless"],"OSType":"linux","Architecture":"x86_64",
                "RegistryConfig":{"InsecureRegistryCIDRs":["127.0.0.0/8"],"IndexConfigs":{"docker.io":{"Secure":true},"reg:5000":{"Secure":false}}}}
                """),
            _ => new(404),
        });
        using var api = new EngineApi(Endpoint);

        await api.PingAsync(default);
        var version = await api.GetVersionAsync(default);
        var info = await api.GetInfoAsync(default);

        Assert.That((version.Version, version.ApiVersion, version.MinApiVersion, version.IsPodman),
            Is.EqualTo(("28.5.2+dfsg4", "1.51", "1.24", false)));
        Assert.That(version.ComponentNames, Is.EqualTo(new[] { "Engine", "containerd" }));
        Assert.That((info.Id, info.UsesContainerdStore, info.IsRootless, info.CgroupVersion), Is.EqualTo(("e2c6", true, true, "2")));
        Assert.That(info.InsecureRegistries, Is.EqualTo(new[] { "127.0.0.0/8", "reg:5000" }));
    }

    [Test]
    public async Task Knows_Podman_and_a_graph_driver()
    {
        using var server = Serve(path => path == "/info"
            ? new(200, """{"Driver":"overlay2","DriverStatus":[["Backing Filesystem","extfs"],["x"],null],"SecurityOptions":null}""")
            : new(200, """{"Components":[{"Name":"Podman Engine"}]}"""));
        using var api = new EngineApi(Endpoint);

        Assert.That((await api.GetVersionAsync(default)).IsPodman, Is.True);
        Assert.That((await api.GetInfoAsync(default)).UsesContainerdStore, Is.False);
    }

    [Test]
    public async Task Reads_an_image_and_its_manifests()
    {
        const string Image = """
            {"Id":"sha256:1","RepoTags":["localhost:5500/a/b:1"],"RepoDigests":[],"Size":12,"Os":"linux","Architecture":"amd64","Config":{"User":"1654"},
            "Descriptor":{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:1","size":856},
            "Manifests":[{"Descriptor":{"digest":"sha256:2","mediaType":"m","size":5},"Available":true,"Kind":"image","ImageData":{"Platform":{"os":"linux","architecture":"amd64"}}},
            {"Descriptor":{"digest":"sha256:3"},"Available":false,"Kind":"attestation"}]}
            """;
        using var server = Serve(path => path.StartsWith("/images/localhost:5500/a/b:1/json", StringComparison.Ordinal)
            ? new(200, Image)
            : new(404, """{"message":"No such image"}"""));
        using var api = new EngineApi(Endpoint);

        var image = (await api.InspectImageAsync("localhost:5500/a/b:1", default))!;
        Assert.That((image.Id, image.DescriptorDigest, image.ConfigJson, image.Size),
            Is.EqualTo(("sha256:1", "sha256:1", """{"User":"1654"}""", 12L)));
        Assert.That(await api.InspectImageAsync("other", default), Is.Null);
        Assert.That(await api.ListManifestsAsync("localhost:5500/a/b:1", default), Is.EqualTo(new[]
        {
            new EngineManifest("sha256:2", "m", 5, "image", new Platform("linux", "amd64"), true),
            new EngineManifest("sha256:3", "", 0, "attestation", null, false),
        }));
    }

    [Test]
    public async Task Tags_an_image()
    {
        using var server = Serve(_ => new(201));
        using var api = new EngineApi(Endpoint);

        await api.TagImageAsync("sha256:1", new ImageReference("localhost:5500", "a/b", "2"), default);

        Assert.That((server.Requests.Single().Method, server.Requests.Single().Path),
            Is.EqualTo(("POST", "/images/sha256:1/tag?repo=localhost%3A5500%2Fa%2Fb&tag=2")));
    }

    [Test]
    public async Task Quotes_the_engine_when_it_refuses()
    {
        using var server = Serve(_ => new(500, "{\"message\":\"disk\\nfull\"}"));
        using var api = new EngineApi(Endpoint);

        var failure = (await Assert.ThrowsAsync<EngineException>(() => api.InspectImageAsync("a", default)))!;

        Assert.That((failure.Kind, failure.StatusCode, failure.Reason), Is.EqualTo((EngineFailure.Http, 500, "500 disk full")));
    }

    [Test]
    public async Task Tells_that_there_is_no_engine() =>
        Assert.That(await PingFailureAsync(Endpoint),
            Is.EqualTo((EngineFailure.NotFound, $"there is no such {(OperatingSystem.IsWindows() ? "pipe" : "socket")}")));

    [Test, Platform(Exclude = "Win", Reason = "the runtime's codes are those of Unix")]
    public async Task Tells_a_missing_socket_from_one_where_nobody_listens()
    {
        Assert.That((await PingFailureAsync(Endpoint with { Address = "unix:///nowhere/at/all.sock" })).Kind, Is.EqualTo(EngineFailure.NotFound));
        using var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        left.Bind(new UnixDomainSocketEndPoint($"{folder.Path}/e.sock"));
        Assert.That(await PingFailureAsync(Endpoint), Is.EqualTo((EngineFailure.Refused, "connection refused")));
    }

    [Test]
    public void Tells_that_the_socket_may_not_be_used()
    {
        // By the runtime's code for EACCES, because root, which tests may run as, may use every socket.
        var cause = new HttpRequestException("x", new SocketException((int)SocketError.AccessDenied));

        Assert.That(EngineException.From(cause, Endpoint).Kind, Is.EqualTo(EngineFailure.PermissionDenied));
    }

    [Test]
    public async Task Gives_up_on_an_engine_that_does_not_answer()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        using var api = new EngineApi(
            new EngineEndpoint(EngineEndpointKind.Tcp, $"tcp://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"),
            TimeSpan.FromMilliseconds(200));

        Assert.That((await Assert.ThrowsAsync<EngineException>(() => api.PingAsync(default)))!.Kind, Is.EqualTo(EngineFailure.Timeout));
    }

    [Test]
    public async Task Does_not_go_where_only_the_command_line_can_go()
    {
        Assert.That((await PingFailureAsync(new EngineEndpoint(EngineEndpointKind.Ssh, "ssh://me@there"))).Kind, Is.EqualTo(EngineFailure.Other));
    }

    [Test, NotUnderWine(Wine.Certificates)]
    public async Task Speaks_TLS_with_the_certificates_of_the_folder()
    {
        using var certificate = TestCertificates.SelfSigned();
        using var server = StubServer.Https(certificate, _ => new(200, "OK"));
        folder.Write("ca.pem", certificate.ExportCertificatePem());
        folder.Write("cert.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportECPrivateKeyPem());
        var endpoint = new EngineEndpoint(EngineEndpointKind.Tcp, $"tcp://127.0.0.1:{server.Port}")
        { UsesTls = true, CertificateFolder = folder.Path };
        using (var api = new EngineApi(endpoint))
        {
            await api.PingAsync(default);
            Assert.That(server.ClientCertificates.Single(), Is.EqualTo(certificate.Thumbprint));
        }

        folder.Write("ca.pem", TestCertificates.SelfSigned().ExportCertificatePem());
        Assert.That(await PingFailureAsync(endpoint), Is.EqualTo((EngineFailure.Other, "no secure connection (certificates)")));
    }

    private static async Task<(EngineFailure Kind, string Reason)> PingFailureAsync(EngineEndpoint endpoint)
    {
        using var api = new EngineApi(endpoint);
        var failure = (await Assert.ThrowsAsync<EngineException>(() => api.PingAsync(default)))!;
        return (failure.Kind, failure.Reason);
    }

    private StubServer Serve(Func<string, StubAnswer> answer) => StubServer.Engine($"{folder.Path}/e.sock", request => answer(request.Path));
}
