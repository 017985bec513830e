using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BuildKit.Core.Tests.Http;

/// <summary>What the client sent.</summary>
public sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Authorization => Headers.GetValueOrDefault("authorization", "");
}

/// <summary>What the server answers.</summary>
public sealed record StubAnswer(int Status, string Body = "", string ContentType = "application/json")
{
    public Dictionary<string, string> Headers { get; init; } = [];
}

/// <summary>
/// A real HTTP server on loopback, with or without TLS, or where an engine of this machine listens: at a Unix socket, on
/// Windows at a named pipe. One connection per request.
/// </summary>
public sealed class StubServer : IDisposable
{
    private readonly Socket? listener;
    private readonly X509Certificate2? certificate;
    private readonly Func<StubRequest, StubAnswer?> answer;
    private readonly CancellationTokenSource stop = new();
    private NamedPipeServerStream? pipe;

    private StubServer(EndPoint end, X509Certificate2? certificate, Func<StubRequest, StubAnswer?> answer)
    {
        (this.certificate, this.answer) = (certificate, answer);
        listener = new Socket(end.AddressFamily, SocketType.Stream, end is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        listener.Bind(end);
        listener.Listen(64);
        _ = AcceptAsync(listener);
    }

    private StubServer(string name, Func<StubRequest, StubAnswer?> answer)
    {
        this.answer = answer;
        pipe = Pipe(name);
        _ = AcceptAsync(name);
    }

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>Thumbprints of the certificates that clients showed.</summary>
    public ConcurrentQueue<string> ClientCertificates { get; } = new();

    /// <summary>Whether a TLS server answers plain http (HEAD) with 400, as Go's does; others close the connection.</summary>
    public bool AnswersPlainHttp { get; init; }

    public int Port => ((IPEndPoint)listener!.LocalEndPoint!).Port;

    public string Authority => $"127.0.0.1:{Port}";

    /// <param name="answer">Null closes the connection without an answer.</param>
    public static StubServer Http(Func<StubRequest, StubAnswer?> answer) => new(new IPEndPoint(IPAddress.Loopback, 0), null, answer);

    public static StubServer Https(X509Certificate2 certificate, Func<StubRequest, StubAnswer?> answer, bool answersPlainHttp = false) =>
        new(new IPEndPoint(IPAddress.Loopback, 0), certificate, answer) { AnswersPlainHttp = answersPlainHttp };

    /// <summary>An engine of this machine.</summary>
    /// <param name="path">Where its socket would be; on Windows the pipe gets a name of it.</param>
    /// <param name="answer">Null closes the connection without an answer.</param>
    public static StubServer Engine(string path, Func<StubRequest, StubAnswer?> answer) =>
        OperatingSystem.IsWindows() ? new(PipeOf(path), answer) : new(new UnixDomainSocketEndPoint(path), null, answer);

    /// <summary>The address of <see cref="Engine"/>, as DOCKER_HOST says it.</summary>
    public static string EngineAddress(string path) => OperatingSystem.IsWindows() ? $"npipe:////./pipe/{PipeOf(path)}" : $"unix://{path}";

    public void Dispose()
    {
        stop.Cancel();
        listener?.Dispose();
        pipe?.Dispose();
        stop.Dispose();
    }

    private static string PipeOf(string path) => "buildkit-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    private static NamedPipeServerStream Pipe(string name) =>
        new(name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true)
            {
                var client = await socket.AcceptAsync(stop.Token);
                _ = ServeAsync(new NetworkStream(client, ownsSocket: true), client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AcceptAsync(string name)
    {
        try
        {
            while (true)
            {
                var connected = pipe!;
                await connected.WaitForConnectionAsync(stop.Token);
                // The next client may come while this one is served.
                pipe = Pipe(name);
                _ = ServeAsync(connected, null);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
        }
    }

    private async Task ServeAsync(Stream network, Socket? socket)
    {
        try
        {
            await using var connection = network;
            var stream = network;
            var first = new byte[1];
            if (socket is not null)
            {
                await socket.ReceiveAsync(first, SocketFlags.Peek);
            }

            if (certificate is not null && AnswersPlainHttp && first[0] == 'H')
            {
                // In the words of Go's server, which most registries are.
                await stream.WriteAsync("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server."u8.ToArray());
                return;
            }

            if (certificate is not null)
            {
                var secure = new SslStream(network);
                stream = secure;
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = true, // Asked for; who has none may go on.
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || shown.Subject.Length > 0,
                });
                if (secure.RemoteCertificate is X509Certificate2 client)
                {
                    ClientCertificates.Enqueue(client.Thumbprint);
                }
            }

            await using var _ = stream;
            if (await ReadAsync(stream) is not { } request)
            {
                return;
            }

            Requests.Enqueue(request);
            if (answer(request) is not { } reply)
            {
                return;
            }

            var body = Encoding.UTF8.GetBytes(reply.Body);
            var head = new StringBuilder(
                $"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Type: {reply.ContentType}\r\nContent-Length: {body.Length}\r\n");
            foreach (var (name, value) in reply.Headers)
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
            await stream.WriteAsync(request.Method == "HEAD" ? [] : body);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, or does not like our certificate: what some tests are about.
        }
    }

    private static async Task<StubRequest?> ReadAsync(Stream stream)
    {
        var text = new List<byte>();
        var one = new byte[1];
        while (!(text.Count > 3 && text[^1] == '\n' && text[^2] == '\r' && text[^3] == '\n'))
        {
            if (await stream.ReadAsync(one) == 0 || (text.Count == 0 && one[0] is < (byte)'A' or > (byte)'Z'))
            {
                if (text.Count == 0)
                {
                    return null; // Closed, or a TLS hello to a server without TLS.
                }
            }

            text.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString(text.ToArray()).Split("\r\n");
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Where(l => l.Contains(':', StringComparison.Ordinal))
            .GroupBy(l => l[..l.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant())
            .ToDictionary(g => g.Key, g => string.Join(", ", g.Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())));
        var body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return new StubRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }
}
