using static BuildKit.Core.CacheReferences.CacheKeyKind;

namespace BuildKit.Core.CacheReferences;

/// <summary>
/// The keys that each cache backend takes, in BuildKit's own spelling
/// (https://docs.docker.com/build/cache/backends/). In MSBuild they are metadata in Pascal case: <c>image-manifest</c>
/// is <c>ImageManifest</c>.
/// </summary>
public static class CacheBackend
{
    private const string AwsSource = "it comes from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE)";

    private static readonly CacheKey[] Written =
    [
        new("mode", Choice) { Choices = ["min", "max"], Reads = false },
        new("ignore-error", Switch) { Reads = false },
    ];

    private static readonly CacheKey[] Layers =
    [
        .. Written,
        new("image-manifest", Switch) { Reads = false },
        new("oci-mediatypes", Switch) { Reads = false },
        new("compression", Choice) { Choices = ["gzip", "zstd", "estargz", "uncompressed"], Reads = false },
        new("compression-level", Number) { Reads = false },
        new("force-compression", Switch) { Reads = false },
    ];

    private static readonly CacheKey[] Objects = [new("name"), new("prefix"), new("blobs_prefix"), new("manifests_prefix")];

    private static readonly Dictionary<string, CacheKey[]> Keys = new(StringComparer.Ordinal)
    {
        ["registry"] = [new("ref"), .. Layers, new("registry.insecure", Switch)],
        ["inline"] = [],
        ["local"] =
        [
            new("dest", Folder) { Reads = false }, new("src", Folder) { Writes = false }, new("tag"),
            new("digest") { Writes = false }, .. Layers,
        ],
        ["gha"] =
        [
            new("scope"), new("url"), new("url_v2"), new("token", Secret) { Source = "it comes from ACTIONS_RUNTIME_TOKEN" },
            new("timeout", Duration), new("version", Choice) { Choices = ["1", "2"] }, new("repository"),
            new("ghtoken", Secret) { Source = "leave it out" }, .. Written,
        ],
        ["s3"] =
        [
            new("bucket"), new("region"), .. Objects, new("endpoint_url"), new("use_path_style", Switch),
            new("access_key_id", Secret) { Source = AwsSource }, new("secret_access_key", Secret) { Source = AwsSource },
            new("session_token", Secret) { Source = AwsSource }, new("touch_refresh", Duration) { Reads = false },
            new("upload_parallelism", Number) { Reads = false }, new("retry_mode", Choice) { Choices = ["standard", "adaptive"] },
            new("retry_max_attempts", Number),
            new("disable_accept_encoding", Switch), .. Written,
        ],
        ["azblob"] =
        [
            new("account_url"), new("account_name"), new("container"), .. Objects,
            new("secret_access_key", Secret)
                { Source = "BuildKit's daemon takes it from BUILDKIT_AZURE_STORAGE_SECRET_ACCESS_KEY or from the identity of its machine" },
            .. Written,
        ],
    };

    /// <summary>Names of the backends.</summary>
    public static IEnumerable<string> Names => Keys.Keys;

    /// <summary>The keys of a backend, in the order they are printed; none for an unknown one.</summary>
    public static IReadOnlyList<CacheKey> KeysOf(string backend) => Keys.GetValueOrDefault(backend, []);

    /// <summary>The attributes of a backend, in the order they are printed; none for an unknown one.</summary>
    public static IReadOnlyList<string> AttributesOf(string backend) => [.. KeysOf(backend).Select(key => key.Name)];

    /// <summary>The backends that have a key.</summary>
    public static IEnumerable<string> WithKey(string metadata) =>
        Keys.Where(pair => pair.Value.Any(key => MetadataOf(key.Name).Equals(metadata, StringComparison.OrdinalIgnoreCase))).Select(pair => pair.Key);

    /// <summary>The metadata name of an attribute.</summary>
    public static string MetadataOf(string attribute) =>
        string.Concat(attribute.Split('-', '_', '.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
