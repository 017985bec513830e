using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BuildKit.Tasks.EngineTests;

/// <summary>The tests' registry behind a server that answers some requests itself: 0 lets a request through.</summary>
internal sealed class MoodyRegistry : IDisposable
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly HttpListener listener = new();
    private readonly Func<string, string, int> mood;

    /// <summary>Starts it.</summary>
    /// <param name="mood">From method and path to a status code.</param>
    public MoodyRegistry(Func<string, string, int> mood)
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

    public void Dispose() => listener.Close();

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
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var own = mood(request.HttpMethod, request.Url!.AbsolutePath);
        if (own > 0)
        {
            response.StatusCode = own;
            response.ContentType = "application/json";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("""{"errors":[{"code":"MANIFEST_INVALID","message":"manifest invalid"}]}"""));
            response.Close();
            return;
        }

        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), $"http://{Machine.Registry.Address}{request.RawUrl}") { Content = new ByteArrayContent(body.ToArray()) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        message.Content.Headers.TryAddWithoutValidation("Content-Range", request.Headers["Content-Range"]);
        message.Headers.TryAddWithoutValidation("Accept", request.Headers.GetValues("Accept") ?? []);
        // The registry makes its addresses of it.
        message.Headers.Host = Address;
        using var answer = await Client.SendAsync(message);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is "Location" or "Content-Type" or "Range" or "Docker-Content-Digest" or "Docker-Upload-UUID" or "Etag"))
        {
            response.Headers[name] = values.First();
        }

        response.ContentLength64 = answer.Content.Headers.ContentLength ?? 0;
        if (request.HttpMethod != "HEAD")
        {
            await answer.Content.CopyToAsync(response.OutputStream);
        }

        response.Close();
    }
}
