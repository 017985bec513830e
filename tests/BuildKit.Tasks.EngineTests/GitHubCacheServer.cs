using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// Stands in for the cache service of GitHub Actions, version 2, as far as BuildKit asks it: entries by key and version,
/// and beside them the blob store (Azure's) that they are uploaded to and downloaded from. It checks no token, and knows
/// neither limits nor eviction.
/// </summary>
internal sealed class GitHubCacheServer : IDisposable
{
    private const string Service = "/twirp/github.actions.results.api.v1.CacheService/";

    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, byte[]> entries = new();
    private readonly ConcurrentDictionary<string, byte[]> blocks = new();
    private readonly string address;

    public GitHubCacheServer()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(address);
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Keys that were asked for, in order; an entry's upload ends with its key here too.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Keys of the entries that were written.</summary>
    public ICollection<string> Keys => entries.Keys;

    /// <summary>What GitHub gives to actions: the token names the branch whose entries may be read (1) and written (2).</summary>
    public Dictionary<string, string?> Variables => new()
    {
        ["ACTIONS_RESULTS_URL"] = address,
        ["ACTIONS_CACHE_SERVICE_V2"] = "true",
        ["ACTIONS_RUNTIME_TOKEN"] = string.Join('.', new[]
        {
            """{"alg":"none","typ":"JWT"}""",
            """{"exp":4000000000,"nbf":1,"ac":"[{\"Scope\":\"refs/heads/main\",\"Permission\":3}]"}""",
            "signature",
        }.Select(part => Convert.ToBase64String(Encoding.UTF8.GetBytes(part)).TrimEnd('=').Replace('+', '-').Replace('/', '_'))),
    };

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(memory);
        var (request, response, body) = (context.Request, context.Response, memory.ToArray());
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        byte[] answer = path.StartsWith(Service, StringComparison.Ordinal)
            ? JsonSerializer.SerializeToUtf8Bytes(Call(path[Service.Length..], JsonDocument.Parse(body).RootElement))
            : Blob(request, path["/blob/".Length..], body, response);
        response.Headers["x-ms-request-id"] = "1"; // BuildKit's client reads it unasked whether it is there.
        response.ContentType = path.StartsWith(Service, StringComparison.Ordinal) ? "application/json" : "application/octet-stream";
        response.ContentLength64 = answer.Length;
        await response.OutputStream.WriteAsync(answer);
        response.Close();
    }

    private object Call(string method, JsonElement body)
    {
        var key = body.GetProperty("key").GetString()!;
        Asked.Enqueue($"{method} {key}");
        var url = $"{address}blob/{Uri.EscapeDataString(key)}?sig=1";
        switch (method)
        {
            case "CreateCacheEntry":
                return new { ok = !entries.ContainsKey(key), signed_upload_url = url };
            case "FinalizeCacheEntryUpload":
                return new { ok = entries.ContainsKey(key), entry_id = "1" };
            default:
                // The newest entry whose key begins so; BuildKit's own keys end in a number.
                var match = entries.Keys.Where(found => found.StartsWith(key, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                    .LastOrDefault();
                return match is null
                    ? new { ok = false }
                    : new
                    {
                        ok = true,
                        matched_key = match,
                        signed_download_url = url.Replace(Uri.EscapeDataString(key), Uri.EscapeDataString(match), StringComparison.Ordinal)
                    };
        }
    }

    // https://learn.microsoft.com/rest/api/storageservices/put-block-list: large blobs come in parts.
    private byte[] Blob(HttpListenerRequest request, string key, byte[] body, HttpListenerResponse response)
    {
        if (request.HttpMethod != "PUT")
        {
            var range = (request.Headers["x-ms-range"] ?? request.Headers["Range"] ?? "bytes=0-")["bytes=".Length..].Split('-');
            var start = int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {start}-{entries[key].Length - 1}/{entries[key].Length}";
            return entries[key][start..];
        }

        response.StatusCode = 201;
        switch (request.QueryString["comp"])
        {
            case "block":
                blocks[key + request.QueryString["blockid"]] = body;
                break;
            case "blocklist":
                entries[key] = [.. XDocument.Parse(Encoding.UTF8.GetString(body)).Root!.Elements().SelectMany(id => blocks[key + id.Value])];
                break;
            default:
                entries[key] = body;
                break;
        }

        return [];
    }
}
