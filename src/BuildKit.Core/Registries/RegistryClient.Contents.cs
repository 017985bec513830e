using System.Net;
using System.Text;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>What lies in a repository, and taking it away.</summary>
public sealed partial class RegistryClient
{
    private const int TagsOfAPage = 1000;

    /// <summary>All tags of a repository, page by page.</summary>
    /// <param name="repository">Any reference into the repository; its tag and digest do not count.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>None when the registry has no such repository.</returns>
    public async Task<IReadOnlyList<string>> GetTagsAsync(ImageReference repository, CancellationToken cancellation)
    {
        var tags = new List<string>();
        var page = $"tags/list?n={TagsOfAPage}";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (page.Length > 0 && seen.Add(page))
        {
            var answer = await SendAsync(repository, new RegistryCall(HttpMethod.Get), page, "pull", cancellation).ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.NotFound)
            {
                break;
            }

            ThrowUnlessSuccess(repository, answer);
            using var document = JsonElementExtensions.TryParse(answer.Body);
            tags.AddRange(document?.RootElement.Texts("tags") ?? []);
            page = PathOf(answer.Next);
        }

        return tags;
    }

    /// <summary>Reads a blob that is text, such as a configuration, and verifies it.</summary>
    /// <param name="repository">Any reference into the repository; its tag and digest do not count.</param>
    /// <param name="digest">The blob's digest.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<string> GetTextBlobAsync(ImageReference repository, string digest, CancellationToken cancellation)
    {
        var answer = await SendAsync(repository, new RegistryCall(HttpMethod.Get), "blobs/" + digest, "pull", cancellation).ConfigureAwait(false);
        ThrowUnlessSuccess(repository, answer);
        Verify(repository, digest, answer.Body);
        return Encoding.UTF8.GetString(answer.Body);
    }

    /// <summary>Deletes a manifest, and with it every tag that names it.</summary>
    /// <param name="manifest">Repository and digest.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False when the registry does not delete at all (405, or the error code UNSUPPORTED).</returns>
    public async Task<bool> DeleteManifestAsync(ImageReference manifest, CancellationToken cancellation)
    {
        var answer = await SendAsync(manifest, new RegistryCall(HttpMethod.Delete), "manifests/" + manifest.Digest, "pull,push,delete", cancellation)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.MethodNotAllowed || answer.ErrorCode() == "UNSUPPORTED")
        {
            return false;
        }

        // Somebody else may have deleted it meanwhile.
        if (answer.Status != HttpStatusCode.NotFound)
        {
            ThrowUnlessSuccess(manifest, answer);
        }

        return true;
    }

    // Registries give absolute addresses too; only the path counts, on the host that was asked.
    private static string PathOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? absolute.PathAndQuery : address;
}
