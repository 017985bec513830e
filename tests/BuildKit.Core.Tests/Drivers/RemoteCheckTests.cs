using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Drivers;

public sealed class RemoteCheckTests
{
    private static readonly Lazy<X509Certificate2> LazyAuthority = new(() => Make("CN=authority", null));

    private static X509Certificate2 Authority => LazyAuthority.Value;

    [Test]
    public void Nobody_listens()
    {
        var refusal = Of("tcp://127.0.0.1:1", []);
        Assert.That(refusal.Code, Is.EqualTo("BK1021"));
        Assert.That(refusal.Message, Does.Contain("connection refused"));
    }

    [Test]
    public void A_host_that_swallows_everything_is_known_in_two_seconds()
    {
        var clock = Stopwatch.StartNew();
        // A listener whose queue is full drops what comes.
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        full.Listen(1);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        var waiting = Enumerable.Range(0, 8).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        waiting.ForEach(socket => _ = socket.ConnectAsync(IPAddress.IPv6Loopback, port));
        Assert.That(Of($"tcp://[::1]:{port}", []).Message, Does.Contain("no answer within 2 seconds"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)));
        waiting.ForEach(socket => socket.Dispose());
    }

    [Test]
    public void There_is_no_such_host() => Assert.That(Of("tcp://no-such-host.invalid:1", []).Code, Is.EqualTo("BK1021"));

    [Test, Platform(Exclude = "Win", Reason = "the runtime's codes are those of Unix")]
    public void There_is_no_such_socket() => Assert.That(Of("unix:///no/such.sock", []).Message, Does.Contain("there is no such socket"));

    [TestCase(404, "{}", "there is no container \"bk\"")]
    [TestCase(200, """{"State":{"Status":"exited"}}""", "the container \"bk\" is exited")]
    public void A_container_that_does_not_run(int status, string body, string words)
    {
        using var folder = new TestFolder();
        using var engine = StubServer.Engine(folder.Full("d.sock"), _ => new StubAnswer(status, body));
        var environment = new BuildEnvironment { ["DOCKER_HOST"] = StubServer.EngineAddress(folder.Full("d.sock")) };
        Assert.That(Of("docker-container://bk", [], environment).Message, Does.Contain(words));
    }

    [TestCase("hostname 127.0.0.1\nport 1\nproxycommand none\n", "connection refused")]
    [TestCase("hostname no-such-host.invalid\nport 22\n", "not known")]
    public void Ssh_says_where_it_would_connect(string answer, string words)
    {
        using var folder = new TestFolder();
        Assert.That(Of("ssh://me@farm:2222", [], Ssh(folder, answer)).Message, Does.Contain("ssh://me@farm:2222").And.Contain(words));
        Assert.That(File.ReadAllText(folder.Full("asked")).Trim(), Is.EqualTo("-G -l me -p 2222 -- farm"));
    }

    [TestCase("hostname 127.0.0.1\nport 1\nproxyjump gate\n")]
    [TestCase("hostname 127.0.0.1\nport 1\nproxycommand nc gate 22\n")]
    [TestCase("usage: ssh\n")]
    public async Task What_only_ssh_can_reach_is_left_to_it(string answer)
    {
        using var folder = new TestFolder();
        await new RemoteCheck(Ssh(folder, answer)).CheckAsync("team", "ssh://farm", new Dictionary<string, string>(), null, default);
        Assert.That(folder.Full("asked"), Does.Exist);
    }

    [Test, NotUnderWine(Wine.Certificates)]
    public void A_certificate_that_is_missing()
    {
        Assert.That(Of("tcp://127.0.0.1:1", new() { ["cacert"] = "/no/ca.pem" }) is { Code: "BK1023" } missing
            && missing.Message.Contains("/no/ca.pem (cacert), and it does not exist", StringComparison.Ordinal));
        using var folder = new TestFolder();
        Assert.That(Of("tcp://127.0.0.1:1", new() { ["cert"] = Pem(folder, "c.pem", Authority) }).Message,
            Does.Contain("key), and it is not set, though cert is"));
    }

    [Test, NotUnderWine(Wine.Certificates)]
    public void Ones_own_certificate_that_has_expired()
    {
        using var folder = new TestFolder();
        var old = Make("CN=me", Authority, from: -20, to: -10);
        var refusal = Of("tcp://127.0.0.1:1", new() { ["cert"] = Pem(folder, "c.pem", old), ["key"] = Key(folder, "k.pem", old) });
        Assert.That(refusal.Code, Is.EqualTo("BK1024"));
        Assert.That(refusal.Message, Does.Contain("the cert " + folder.Full("c.pem")));
    }

    [Test, NotUnderWine(Wine.Certificates)]
    public void The_servers_certificate_that_has_expired() =>
        Assert.That(Handshake(Make("CN=s", Authority, from: -20, to: -10), Authority) is { Code: "BK1024" } refusal ? refusal.Message : "",
            Does.Contain("the server's certificate"));

    [Test, NotUnderWine(Wine.Certificates)]
    public void A_server_of_another_authority() =>
        Assert.That(Handshake(Make("CN=s", Authority), Make("CN=another", null)) is { Code: "BK1025" } refusal ? refusal.Message : "",
            Does.Contain("issued by CN=authority"));

    [Test, NotUnderWine(Wine.Certificates)]
    public void A_server_of_another_name() =>
        Assert.That(Handshake(Make("CN=s", Authority), Authority, name: "other.example.com") is { Code: "BK1025" } refusal ? refusal.Message : "",
            Does.Contain("not to other.example.com"));

    [Test, NotUnderWine(Wine.Certificates)]
    public void A_server_that_wants_a_certificate_and_gets_none() =>
        Assert.That(Handshake(Make("CN=s", Authority), Authority, wantsClient: true) is { Code: "BK1026" } refusal ? refusal.Message : "",
            Does.Contain("no client certificate was given"));

    [Test, NotUnderWine(Wine.Certificates)]
    public void A_server_that_refuses_the_certificate_of_another_authority() =>
        Assert.That(Handshake(Make("CN=s", Authority), Authority, wantsClient: true, client: Make("CN=me", Make("CN=another", null)))?.Code,
            Is.EqualTo("BK1026"));

    [Test, NotUnderWine(Wine.Certificates)]
    public void All_is_well_with_the_right_certificates() =>
        Assert.That(Handshake(Make("CN=s", Authority), Authority, wantsClient: true, client: Make("CN=me", Authority)), Is.Null);

    private static BuildEnvironment Ssh(TestFolder folder, string answer)
    {
        if (OperatingSystem.IsWindows())
        {
            folder.Write("answer", answer);
            folder.Write("ssh.cmd", "@echo off\r\necho %*> \"%~dp0asked\"\r\ntype \"%~dp0answer\"\r\n");
            // What cmd.exe is found by.
            return BuildEnvironment.OfProcess([]).With([new("PATH", folder.Path)]);
        }

        folder.Write("ssh", $"#!/bin/sh\necho \"$*\" > '{folder.Full("asked")}'\ncat <<'END'\n{answer}END\n");
        folder.SetMode("ssh", 0b111_101_101);
        return new() { ["PATH"] = $"{folder.Path}:/usr/bin:/bin" };
    }

    private static Diagnostic? Handshake(X509Certificate2 server, X509Certificate2 trusted, bool wantsClient = false,
        X509Certificate2? client = null, string name = "")
    {
        using var folder = new TestFolder();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = ServeAsync(listener, server, wantsClient);
        var options = new Dictionary<string, string> { ["cacert"] = Pem(folder, "ca.pem", trusted) };
        if (client is not null)
        {
            (options["cert"], options["key"]) = (Pem(folder, "c.pem", client), Key(folder, "k.pem", client));
        }

        if (name.Length > 0)
        {
            options["servername"] = name;
        }

        try
        {
            new RemoteCheck(new BuildEnvironment()).CheckAsync("team", $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}", options,
                null, default).GetAwaiter().GetResult();
            return null;
        }
        catch (DiagnosticException refusal)
        {
            return refusal.Diagnostics.Single();
        }
    }

    private static async Task ServeAsync(Socket listener, X509Certificate2 certificate, bool wantsClient)
    {
        using var socket = await listener.AcceptAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = wantsClient,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, shown, _, _) => !wantsClient || shown?.Issuer == Authority.Subject,
            });
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // The refusal that the test wants.
        }
    }

    private static Diagnostic Of(string address, Dictionary<string, string> options, BuildEnvironment? environment = null) =>
        Refusal(() => new RemoteCheck(environment ?? new()).CheckAsync("team", address, options, null, default)).Single();

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer, int from = -1, int to = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var (start, end) = (DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(to));
        if (issuer is null)
        {
            using var own = request.CreateSelfSigned(start.AddDays(-100), end.AddDays(100));
            return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        }

        using var signed = request.Create(issuer, start, end, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static string Pem(TestFolder folder, string name, X509Certificate2 certificate) => folder.Write(name, certificate.ExportCertificatePem());

    private static string Key(TestFolder folder, string name, X509Certificate2 certificate) =>
        folder.Write(name, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
}
