using System.Text.Json;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Registries;

namespace BuildKit.Core.Tests.Pruning;

/// <summary>A repository with tags, which lists them in pages and deletes manifests.</summary>
internal sealed class StubCacheRegistry : IDisposable
{
    private const int PageSize = 7;
    private readonly Dictionary<string, string> contents = [];

    public StubCacheRegistry() => Server = StubServer.Http(Answer);

    public StubServer Server { get; }

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What a deletion is answered with instead.</summary>
    public StubAnswer? Refusal { get; set; }

    public void AddCache(string tag, DateTimeOffset created, int size = 100, bool asIndex = false)
    {
        var config = Add(
            $$"""{"records":[{"layers":[{"layer":0,"createdAt":"{{created.AddDays(-9):O}}"},{"layer":1,"createdAt":"{{created:O}}"}]}],"salt":"{{tag}}"}""");
        var entry = $$"""{"mediaType":"application/vnd.buildkit.cacheconfig.v0","digest":"{{config}}","size":5}""";
        var layer = $$"""{"digest":"sha256:{{new string('a', 64)}}","size":{{size}}}""";
        Tags[tag] = Add(asIndex
            ? $$"""{"mediaType":"{{ManifestTypes.OciIndex}}","manifests":[{{layer}},{{entry}}]}"""
            : $$"""{"mediaType":"{{ManifestTypes.OciManifest}}","config":{{entry}},"layers":[{{layer}}]}""");
    }

    public void AddImage(string tag, params string[] manifests) => Tags[tag] = Add(manifests.Length == 0
        ? $$"""{"mediaType":"{{ManifestTypes.OciManifest}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:{{tag}}"} }"""
        : $$"""{"mediaType":"{{ManifestTypes.OciIndex}}","manifests":[{{string.Join(',', manifests.Select(digest => $$"""{"digest":"{{digest}}"}"""))}} ]}""");

    public void Dispose() => Server.Dispose();

    private string Add(string text)
    {
        contents[StubRegistry.DigestOf(text)] = text;
        return StubRegistry.DigestOf(text);
    }

    private StubAnswer Answer(StubRequest request)
    {
        var name = request.Path.Split('/')[^1];
        if (request.Path.Contains("/tags/list", StringComparison.Ordinal))
        {
            return Page(request.Path);
        }

        if (request.Method == "DELETE")
        {
            Tags.Where(tag => tag.Value == name).Select(tag => tag.Key).ToList().ForEach(tag => _ = Refusal is null && Tags.Remove(tag));
            return Refusal ?? new StubAnswer(202);
        }

        var digest = Tags.GetValueOrDefault(name, name);
        return !contents.TryGetValue(digest, out var text) ? new StubAnswer(404)
            : request.Path.Contains("/blobs/", StringComparison.Ordinal) ? new StubAnswer(200, text)
            : StubRegistry.Answer(text, JsonDocument.Parse(text).RootElement.GetProperty("mediaType").GetString()!);
    }

    private StubAnswer Page(string path)
    {
        var last = path.Contains("last=", StringComparison.Ordinal)
            ? path[(path.IndexOf("last=", StringComparison.Ordinal) + 5)..].Split('&')[0]
            : "";
        var rest = Tags.Keys.Order(StringComparer.Ordinal).Where(tag => string.CompareOrdinal(tag, last) > 0).ToList();
        var page = rest.Take(PageSize).ToList();
        var answer = new StubAnswer(200, JsonSerializer.Serialize(new { name = "team/shop", tags = page }));
        if (rest.Count > PageSize)
        {
            answer.Headers["Link"] = $"</v2/team/shop/tags/list?last={page[^1]}&n={PageSize}>; rel=\"next\"";
        }

        return answer;
    }
}
