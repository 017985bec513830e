namespace BuildKit.Core.Registries;

/// <summary>
/// Media types of manifests: those of the OCI image specification (https://github.com/opencontainers/image-spec) and
/// Docker's older names for the same things.
/// </summary>
internal static class ManifestTypes
{
    /// <summary>OCI index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>OCI manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>Docker's manifest list.</summary>
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker's manifest, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>All that we read.</summary>
    public static IReadOnlyList<string> Accepted { get; } = [OciIndex, DockerList, OciManifest, DockerManifest];

    /// <summary>Whether it lists manifests instead of layers.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerList;

    /// <summary>Whether it is one image.</summary>
    public static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;
}
