using System.Net;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Engines;

/// <summary>
/// The few questions we put to an engine directly, because a <c>docker</c> process takes many times as long.
/// API: https://docs.docker.com/reference/api/engine/ (paths without a version: the engine then takes its newest).
/// All methods throw <see cref="EngineException"/>.
/// </summary>
internal sealed class EngineApi : IDisposable
{
    private static readonly TimeSpan DefaultRequestLimit = TimeSpan.FromSeconds(10);

    private readonly TimeSpan requestLimit;
    private readonly Lazy<HttpClient> client;

    /// <summary>Makes a client; connects to nothing before the first question.</summary>
    public EngineApi(EngineEndpoint endpoint)
        : this(endpoint, DefaultRequestLimit)
    {
    }

    internal EngineApi(EngineEndpoint endpoint, TimeSpan requestLimit)
    {
        (Endpoint, this.requestLimit) = (endpoint, requestLimit);
        client = new Lazy<HttpClient>(() => EngineTransport.CreateClient(endpoint));
    }

    /// <summary>Which engine.</summary>
    public EngineEndpoint Endpoint { get; }

    /// <summary>Returns when the engine answers at all.</summary>
    public async Task PingAsync(CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Get, "_ping", allowNotFound: false, cancellation).ConfigureAwait(false);

    /// <summary>What the engine is.</summary>
    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellation) =>
        GetAsync("version", EngineVersion.Read, cancellation);

    /// <summary>How the engine is set up.</summary>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellation) =>
        GetAsync("info", EngineInfo.Read, cancellation);

    /// <summary>An image in the engine's store.</summary>
    /// <param name="reference">Name with tag or digest, or an image ID.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<EngineImage?> InspectImageAsync(string reference, CancellationToken cancellation)
    {
        using var document = await FindAsync($"images/{Escape(reference)}/json", cancellation).ConfigureAwait(false);
        return document is null ? null : EngineImage.Read(document.RootElement);
    }

    /// <summary>
    /// The manifests of an image. Only the containerd store knows them (API 1.48, engine 28): elsewhere the list is
    /// empty. No path of the API gives the bytes of a manifest; only <c>docker save</c> holds them.
    /// </summary>
    /// <param name="reference">Name with tag or digest, or an image ID.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when there is no such image.</returns>
    public async Task<IReadOnlyList<EngineManifest>?> ListManifestsAsync(string reference, CancellationToken cancellation)
    {
        using var document = await FindAsync($"images/{Escape(reference)}/json?manifests=1", cancellation).ConfigureAwait(false);
        return document is null ? null : [.. document.RootElement.Items("Manifests").Select(EngineManifest.Read)];
    }

    /// <summary>Gives an image one more name; a name that another image had moves.</summary>
    /// <param name="id">ID or name of the image.</param>
    /// <param name="reference">The name; its tag must not be empty.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task TagImageAsync(string id, ImageReference reference, CancellationToken cancellation) =>
        await SendAsync(
            HttpMethod.Post,
            $"images/{Escape(id)}/tag?repo={Uri.EscapeDataString(reference.Name)}&tag={Uri.EscapeDataString(reference.Tag)}",
            allowNotFound: false,
            cancellation).ConfigureAwait(false);

    /// <summary>Makes the engine look an image up in its registry.</summary>
    /// <param name="image">The image; it need not exist.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task FindDistributionAsync(ImageReference image, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Get, $"distribution/{Escape(image.ToString())}/json", allowNotFound: true, cancellation).ConfigureAwait(false);

    /// <summary>State of a container, such as <c>running</c> or <c>exited</c>.</summary>
    /// <param name="name">Name or ID.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<string?> FindContainerStateAsync(string name, CancellationToken cancellation)
    {
        using var document = await FindAsync($"containers/{Escape(name)}/json", cancellation).ConfigureAwait(false);
        return document?.RootElement.Member("State").Text("Status");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private async Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        using var document = Parse((await SendAsync(HttpMethod.Get, path, allowNotFound: false, cancellation).ConfigureAwait(false))!);
        return read(document.RootElement);
    }

    private async Task<JsonDocument?> FindAsync(string path, CancellationToken cancellation) =>
        await SendAsync(HttpMethod.Get, path, allowNotFound: true, cancellation).ConfigureAwait(false) is { } body ? Parse(body) : null;

    private JsonDocument Parse(byte[] body) =>
        JsonElementExtensions.TryParse(body) ?? throw new EngineException(EngineFailure.Other, Endpoint, "its answer is not JSON");

    private async Task<byte[]?> SendAsync(HttpMethod method, string path, bool allowNotFound, CancellationToken cancellation)
    {
        if (!Endpoint.CanCall)
        {
            throw new EngineException(
                EngineFailure.Other, Endpoint, Endpoint.Problem.Length > 0 ? Endpoint.Problem : "only Docker's command line reaches it (ssh)");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(requestLimit);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await client.Value.SendAsync(request, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? body
                : allowNotFound && response.StatusCode == HttpStatusCode.NotFound ? null
                : throw Refusal(response.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw EngineException.From(e, Endpoint);
        }
    }

    private EngineException Refusal(HttpStatusCode status, byte[] body)
    {
        using var document = JsonElementExtensions.TryParse(body);
        var message = (document?.RootElement ?? default).Text("message").ReplaceLineEndings(" ");
        return new EngineException(EngineFailure.Http, Endpoint, $"{(int)status} {message}".TrimEnd()) { StatusCode = (int)status };
    }

    // The engine's router takes names with their slashes, colons and "@" as they are.
    private static string Escape(string reference) =>
        Uri.EscapeDataString(reference).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%40", "@", StringComparison.Ordinal);
}
