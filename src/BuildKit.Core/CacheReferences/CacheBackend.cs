namespace BuildKit.Core.CacheReferences;

/// <summary>
/// The attributes that each cache backend takes, in BuildKit's own spelling
/// (https://docs.docker.com/build/cache/backends/). In MSBuild they are metadata in Pascal case: <c>image-manifest</c>
/// is <c>ImageManifest</c>.
/// </summary>
public static class CacheBackend
{
    private static readonly string[] Exported =
        ["mode", "ignore-error", "image-manifest", "oci-mediatypes", "compression", "compression-level", "force-compression"];

    private static readonly Dictionary<string, string[]> Attributes = new(StringComparer.Ordinal)
    {
        ["registry"] = ["ref", .. Exported, "registry.insecure"],
        ["inline"] = [],
        ["local"] = ["dest", "src", "tag", "digest", .. Exported],
        ["gha"] = ["scope", "url", "url_v2", "token", "timeout", "version", "repository", "ghtoken", "mode", "ignore-error"],
        ["s3"] =
        [
            "bucket", "region", "name", "prefix", "blobs_prefix", "manifests_prefix", "endpoint_url", "use_path_style",
            "access_key_id", "secret_access_key", "session_token", "touch_refresh", "upload_parallelism", "mode", "ignore-error",
        ],
        ["azblob"] =
        [
            "account_url", "account_name", "container", "name", "prefix", "blobs_prefix", "manifests_prefix",
            "secret_access_key", "mode", "ignore-error",
        ],
    };

    /// <summary>Names of the backends.</summary>
    public static IEnumerable<string> Names => Attributes.Keys;

    /// <summary>The attributes of a backend, in the order they are printed; none for an unknown one.</summary>
    public static IReadOnlyList<string> AttributesOf(string backend) => Attributes.GetValueOrDefault(backend, []);

    /// <summary>The metadata name of an attribute.</summary>
    public static string MetadataOf(string attribute) =>
        string.Concat(attribute.Split('-', '_', '.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
