using System.Net;
using System.Text;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>
/// Asks registries by their API (https://github.com/opencontainers/distribution-spec) what BuildKit does not say: where
/// a tag points, what an image's configuration is. Credentials, certificates and plain-http rules are Docker's. One
/// object serves several registries and parallel requests, and keeps connections and tokens until it is disposed.
/// All methods throw <see cref="RegistryException"/>.
/// </summary>
public sealed partial class RegistryClient : IDisposable
{
    private readonly RegistryClientOptions options;
    private readonly RegistryConnections? connections;
    private readonly RegistryAuthorization authorization;
    private readonly RegistryPulse pulse;

    /// <summary>Makes a client; nothing is read or sent before the first request.</summary>
    /// <param name="environment">Environment of the build: Docker's configuration, credentials, proxies.</param>
    /// <param name="options">Null stands for the defaults.</param>
    public RegistryClient(BuildEnvironment environment, RegistryClientOptions? options = null)
    {
        this.options = options ?? new RegistryClientOptions();
        connections = new RegistryConnections(environment, this.options);
        pulse = new RegistryPulse(this.options.RequestLimit);
        authorization = AuthorizationOf(connections, RegistryCredentials.Of(environment, this.options), this.options);
    }

    /// <summary>One of the clients of a build.</summary>
    internal RegistryClient(RegistryConnections shared, Lazy<RegistryCredentials> credentials, RegistryPulse pulse, RegistryClientOptions options) =>
        (this.options, this.pulse, authorization) = (options, pulse, AuthorizationOf(shared, credentials, options));

    /// <summary>What a reference resolves to: its digest when it has one, else its tag.</summary>
    /// <returns>Null when the registry has no such repository or manifest.</returns>
    public async Task<ManifestHead?> HeadManifestAsync(ImageReference reference, CancellationToken cancellation)
    {
        var answer = await SendAsync(reference, ManifestCall(HttpMethod.Head), "manifests/" + TargetOf(reference), "pull", cancellation)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        ThrowUnlessSuccess(reference, answer);
        if (answer.Digest.Length > 0 && answer.Length is { } length)
        {
            return new ManifestHead(answer.Digest, answer.MediaType, length);
        }

        // The specification lets HEAD leave both out.
        var manifest = await GetManifestAsync(reference, cancellation).ConfigureAwait(false);
        return new ManifestHead(manifest.Digest, manifest.MediaType, manifest.Content.Length);
    }

    /// <summary>Reads an index or manifest, and verifies it against the digest of the reference.</summary>
    public async Task<ManifestContent> GetManifestAsync(ImageReference reference, CancellationToken cancellation)
    {
        var answer = await SendAsync(reference, ManifestCall(HttpMethod.Get), "manifests/" + TargetOf(reference), "pull", cancellation)
            .ConfigureAwait(false);
        ThrowUnlessSuccess(reference, answer);
        var expected = reference.Digest.Length > 0 ? reference.Digest : answer.Digest;
        if (expected.Length > 0)
        {
            Verify(reference, expected, answer.Body);
        }

        return new ManifestContent(expected.Length > 0 ? expected : ContentDigest.Sha256(answer.Body), MediaTypeOf(answer), answer.Body);
    }

    /// <summary>Reads the configuration of one platform's image; each step is verified by its digest.</summary>
    /// <param name="reference">An index or a manifest.</param>
    /// <param name="platform">Chooses from an index; an image without an index is taken as it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImageConfigResult> GetConfigAsync(ImageReference reference, Platform platform, CancellationToken cancellation) =>
        await GetConfigAsync(reference, await GetManifestAsync(reference, cancellation).ConfigureAwait(false), platform, cancellation)
            .ConfigureAwait(false);

    /// <summary>The same for an index or manifest that was read already.</summary>
    /// <param name="reference">Its reference.</param>
    /// <param name="top">The index or manifest.</param>
    /// <param name="platform">Chooses from an index; an image without an index is taken as it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImageConfigResult> GetConfigAsync(ImageReference reference, ManifestContent top, Platform platform,
        CancellationToken cancellation)
    {
        var manifest = top;
        if (ManifestTypes.IsIndex(top.MediaType))
        {
            using var index = JsonElementExtensions.TryParse(top.Content);
            var root = index?.RootElement ?? default;
            var digest = ManifestIndex.Select(root, platform) ?? throw new RegistryException(
                RegistryFailure.NotFound, HostName(reference),
                $"The image {reference} is not there for {platform}; it is for: {ManifestIndex.Describe(root)}.");
            manifest = await GetManifestAsync(reference with { Tag = "", Digest = digest }, cancellation).ConfigureAwait(false);
        }

        using var document = JsonElementExtensions.TryParse(manifest.Content);
        var config = document?.RootElement.Member("config").Text("digest") ?? "";
        if (!ManifestTypes.IsManifest(manifest.MediaType) || config.Length == 0)
        {
            throw new RegistryException(RegistryFailure.Server, HostName(reference),
                $"The manifest of {reference} has a form that is not known ({manifest.MediaType}).");
        }

        var blob = await SendAsync(reference, new RegistryCall(HttpMethod.Get), "blobs/" + config, "pull", cancellation).ConfigureAwait(false);
        ThrowUnlessSuccess(reference, blob);
        Verify(reference, config, blob.Body);
        using var content = JsonElementExtensions.TryParse(blob.Body);
        if (content?.RootElement.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            throw new RegistryException(
                RegistryFailure.Server, HostName(reference), $"The configuration of {reference} ({config}) is no JSON object.");
        }

        return new ImageConfigResult(
            top.Digest, manifest.Digest, config, Encoding.UTF8.GetString(blob.Body), Encoding.UTF8.GetString(manifest.Content.Span),
            manifest.MediaType);
    }

    /// <summary>Puts an index or manifest under a tag; what it points to must be in the repository already.</summary>
    /// <param name="reference">Repository and tag (or digest).</param>
    /// <param name="content">The bytes, as <see cref="GetManifestAsync"/> gave them.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The digest.</returns>
    public async Task<string> PutManifestAsync(
        ImageReference reference, ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellation)
    {
        var call = new RegistryCall(HttpMethod.Put) { Body = content, BodyMediaType = mediaType };
        var target = reference.Tag.Length > 0 ? reference.Tag : reference.Digest;
        ThrowUnlessSuccess(reference, await SendAsync(reference, call, "manifests/" + target, "pull,push", cancellation).ConfigureAwait(false));
        return ContentDigest.Sha256(content.Span);
    }

    /// <summary>Whether the repository has a blob.</summary>
    /// <param name="repository">Any reference into the repository; its tag and digest do not count.</param>
    /// <param name="digest">The blob's digest.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> BlobExistsAsync(ImageReference repository, string digest, CancellationToken cancellation)
    {
        var answer = await SendAsync(repository, new RegistryCall(HttpMethod.Head), "blobs/" + digest, "pull", cancellation).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return false;
        }

        ThrowUnlessSuccess(repository, answer);
        return true;
    }

    /// <summary>
    /// Finds out whether a push would be allowed, by beginning an upload and taking it back. Registries look at rights
    /// then, and nothing is left in them.
    /// </summary>
    /// <param name="repository">Any reference into the repository; its tag and digest do not count.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RegistryException">It would not.</exception>
    public async Task CheckPushAsync(ImageReference repository, CancellationToken cancellation)
    {
        var answer = await SendAsync(repository, new RegistryCall(HttpMethod.Post), "blobs/uploads/", "pull,push", cancellation)
            .ConfigureAwait(false);
        ThrowUnlessSuccess(repository, answer);
        var root = $"/v2/{RegistryHost.Of(repository).RepositoryOf(repository)}/";
        if (answer.Location.StartsWith(root, StringComparison.Ordinal))
        {
            // One that cannot be taken back ends by itself.
            await SendAsync(repository, new RegistryCall(HttpMethod.Delete), answer.Location[root.Length..], "pull,push", cancellation)
                .ConfigureAwait(false);
        }
    }

    private static RegistryAuthorization AuthorizationOf(RegistryConnections connections, Lazy<RegistryCredentials> credentials,
        RegistryClientOptions options)
    {
        var exchange = new RegistryExchange(connections, options);
        var transport = new RegistryTransport(connections, exchange);
        return new RegistryAuthorization(transport, new RegistryTokens(transport, exchange), credentials, options.Access);
    }

    /// <inheritdoc/>
    public void Dispose() => connections?.Dispose();

    private static RegistryCall ManifestCall(HttpMethod method) => new(method) { Accept = ManifestTypes.Accepted };

    private static string TargetOf(ImageReference reference) => reference.Digest.Length > 0 ? reference.Digest : reference.Tag;

    private static string HostName(ImageReference reference) => RegistryHost.Of(reference).Name;

    private static void ThrowUnlessSuccess(ImageReference reference, RegistryAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            throw RegistryFaults.Refused(HostName(reference), reference.ToString(), answer);
        }
    }

    private static void Verify(ImageReference reference, string digest, byte[] content)
    {
        if (!ContentDigest.Matches(digest, content))
        {
            throw new RegistryException(
                RegistryFailure.Server, HostName(reference),
                $"The registry {HostName(reference)} gave content for {reference.Name} that is not what its digest {digest} says.");
        }
    }

    // Some registries send manifests as plain JSON; the document then names its own type (always so in Docker's forms).
    private static string MediaTypeOf(RegistryAnswer answer)
    {
        if (ManifestTypes.IsIndex(answer.MediaType) || ManifestTypes.IsManifest(answer.MediaType))
        {
            return answer.MediaType;
        }

        using var document = JsonElementExtensions.TryParse(answer.Body);
        return document?.RootElement.Text("mediaType") is { Length: > 0 } own ? own : answer.MediaType;
    }
}
