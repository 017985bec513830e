using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BuildKit.Testing;

/// <summary>The tests' registry behind a server that treats some requests itself, as bad registries do.</summary>
public sealed class MoodyRegistry : IDisposable
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private static readonly string[] Kept = ["Location", "Content-Type", "Range", "Docker-Content-Digest", "Docker-Upload-UUID", "Etag"];

    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource closed = new();
    private readonly Func<string, string, RegistryMood> mood;
    private readonly ConcurrentQueue<string> requests = new();

    /// <summary>Starts it.</summary>
    /// <param name="mood">From method and path (without its query) to a treatment; a number is a status code, and 0 lets a request through.</param>
    public MoodyRegistry(Func<string, string, RegistryMood> mood)
    {
        this.mood = mood;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"localhost:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>Method and path of each request so far.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <inheritdoc/>
    public void Dispose()
    {
        closed.Cancel();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context.Request, context.Response));
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        requests.Enqueue($"{request.HttpMethod} {request.Url!.AbsolutePath}");
        var own = mood(request.HttpMethod, request.Url.AbsolutePath);
        try
        {
            switch (own.Kind)
            {
                case RegistryMoodKind.Hang:
                    await Task.Delay(Timeout.Infinite, closed.Token);
                    return;
                case RegistryMoodKind.Answer:
                    await AnswerItselfAsync(own, response);
                    return;
                default:
                    await AnswerFromBehindAsync(own.Kind, request, response);
                    return;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or HttpListenerException or IOException or ObjectDisposedException
            or InvalidOperationException)
        {
            // Whoever asked is gone, or the test is over.
            response.Abort();
        }
    }

    private async Task AnswerItselfAsync(RegistryMood own, HttpListenerResponse response)
    {
        response.StatusCode = own.Code;
        response.ContentType = "application/json";
        own.Headers.ToList().ForEach(header => response.Headers[header.Key] = header.Value);
        var body = Encoding.UTF8.GetBytes(own.Body);
        response.ContentLength64 = Math.Max(body.Length, own.Length);
        await response.OutputStream.WriteAsync(body, closed.Token);
        var blanks = new byte[1 << 20];
        Array.Fill(blanks, (byte)' ');
        for (var left = own.Length - body.Length; left > 0; left -= blanks.Length)
        {
            await response.OutputStream.WriteAsync(blanks.AsMemory(0, (int)Math.Min(left, blanks.Length)), closed.Token);
        }

        response.Close();
    }

    private async Task AnswerFromBehindAsync(RegistryMoodKind kind, HttpListenerRequest request, HttpListenerResponse response)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), $"http://{Machine.Registry.Address}{request.RawUrl}")
        {
            Content = new ByteArrayContent(await ReadAsync(request)),
        };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        message.Content.Headers.TryAddWithoutValidation("Content-Range", request.Headers["Content-Range"]);
        message.Headers.TryAddWithoutValidation("Accept", request.Headers.GetValues("Accept") ?? []);
        // The registry makes its addresses of it.
        message.Headers.Host = Address;
        using var answer = await Client.SendAsync(message, closed.Token);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => Kept.Contains(header.Key)))
        {
            response.Headers[name] = values.First();
        }

        response.ContentLength64 = answer.Content.Headers.ContentLength ?? 0;
        var body = request.HttpMethod == "HEAD" ? [] : await answer.Content.ReadAsByteArrayAsync(closed.Token);
        switch (kind)
        {
            case RegistryMoodKind.Cut:
                await response.OutputStream.WriteAsync(body.AsMemory(0, body.Length / 2), closed.Token);
                response.Abort();
                return;
            case RegistryMoodKind.Slow:
                for (var at = 0; at < body.Length; at += 1024)
                {
                    await response.OutputStream.WriteAsync(body.AsMemory(at, Math.Min(1024, body.Length - at)), closed.Token);
                    await Task.Delay(1000, closed.Token);
                }

                break;
            default:
                body = kind == RegistryMoodKind.Spoiled
                    ? Array.ConvertAll(body, one => one switch { (byte)'a' => (byte)'b', (byte)'b' => (byte)'a', _ => one })
                    : body;
                await response.OutputStream.WriteAsync(body, closed.Token);
                break;
        }

        response.Close();
    }

    private static async Task<byte[]> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        return body.ToArray();
    }
}
