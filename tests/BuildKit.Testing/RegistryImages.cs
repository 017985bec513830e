using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BuildKit.Testing;

/// <summary>Reads images from a registry by HTTP, independently of the product's own client.</summary>
/// <param name="address">Host and port.</param>
public sealed class RegistryImages(string address)
{
    private static readonly HttpClient Client = new();

    private static readonly string[] Types =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <summary>A manifest, or null when there is none.</summary>
    public async Task<RegistryManifest?> FindAsync(string repository, string tag = "latest")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}/v2/{repository}/manifests/{tag}");
        Types.ToList().ForEach(type => request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type)));
        using var answer = await Client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return new RegistryManifest(
            answer.Headers.GetValues("Docker-Content-Digest").Single(),
            answer.Content.Headers.ContentType!.MediaType!,
            text,
            JsonDocument.Parse(text).RootElement);
    }

    /// <summary>A manifest that has to be there.</summary>
    public async Task<RegistryManifest> ManifestAsync(string repository, string tag = "latest")
    {
        var found = await FindAsync(repository, tag);
        Assert.That(found, Is.Not.Null, $"{address}/{repository}:{tag} is not in the registry");
        return found!;
    }

    /// <summary>The configuration of an image.</summary>
    public async Task<JsonElement> ConfigAsync(string repository, string tag = "latest")
    {
        var manifest = await ManifestAsync(repository, tag);
        var digest = manifest.Json.GetProperty("config").GetProperty("digest").GetString()!;
        return JsonDocument.Parse(await BlobAsync(repository, digest)).RootElement;
    }

    /// <summary>A blob.</summary>
    public Task<byte[]> BlobAsync(string repository, string digest) =>
        Client.GetByteArrayAsync(new Uri($"http://{address}/v2/{repository}/blobs/{digest}"));

    /// <summary>Makes a tag name another manifest.</summary>
    public async Task PutAsync(string repository, string tag, RegistryManifest manifest)
    {
        using var content = new StringContent(manifest.Text, Encoding.UTF8, manifest.MediaType);
        content.Headers.ContentType!.CharSet = null;
        using var answer = await Client.PutAsync(new Uri($"http://{address}/v2/{repository}/manifests/{tag}"), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Deletes a manifest and every tag that names it.</summary>
    public async Task DeleteAsync(string repository, string digest)
    {
        using var answer = await Client.DeleteAsync(new Uri($"http://{address}/v2/{repository}/manifests/{digest}"));
        answer.EnsureSuccessStatusCode();
    }
}
