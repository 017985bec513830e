using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Registries;

/// <summary>Content of a registry, and the settings that tests of the client share.</summary>
internal static class StubRegistry
{
    public const string Config = """{"architecture":"arm64","os":"linux","config":{"User":"1654"}}""";

    public static readonly string Manifest =
        $$"""{"schemaVersion":2,"mediaType":"{{ManifestTypes.OciManifest}}","config":{"digest":"{{DigestOf(Config)}}"} }""";

    public static readonly string ImageIndex =
        $$"""
        {"manifests":[
        {"digest":"{{DigestOf("other")}}","platform":{"os":"linux","architecture":"amd64"} },
        {"digest":"{{DigestOf(Manifest)}}","platform":{"os":"linux","architecture":"arm64","variant":"v8"} },
        {"digest":"{{DigestOf("attestation")}}","platform":{"os":"unknown","architecture":"unknown"} }]}
        """;

    /// <summary>Limits short enough that no test waits.</summary>
    public static readonly RegistryClientOptions Quick = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        RetryDelayLimit = TimeSpan.FromMilliseconds(5),
        CertificateFolders = [],
    };

    public static readonly BuildEnvironment NoEnvironment = new();

    public static string DigestOf(string text) =>
        "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    public static ImageReference Image(StubServer server, string tag = "1") => new(server.Authority, "team/shop", tag);

    /// <summary>An image of one index, one manifest and one config.</summary>
    public static StubAnswer Serve(StubRequest request) => request.Path switch
    {
        "/v2/team/shop/manifests/1" => Answer(ImageIndex, ManifestTypes.OciIndex),
        var path when path == "/v2/team/shop/manifests/" + DigestOf(ImageIndex) => Answer(ImageIndex, ManifestTypes.OciIndex),
        var path when path == "/v2/team/shop/manifests/" + DigestOf(Manifest) => Answer(Manifest, ManifestTypes.OciManifest),
        var path when path == "/v2/team/shop/blobs/" + DigestOf(Config) => new StubAnswer(200, Config),
        _ => new StubAnswer(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"secret-looking text"}]}"""),
    };

    public static StubAnswer Answer(string text, string mediaType) =>
        new(200, text, mediaType) { Headers = { ["Docker-Content-Digest"] = DigestOf(text) } };

    public static async Task<RegistryException> FailureAsync(Func<Task> action) => (await Assert.ThrowsAsync<RegistryException>(() => action()))!;
}
