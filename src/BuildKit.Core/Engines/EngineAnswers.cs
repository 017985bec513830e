using System.Globalization;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Engines;

/// <summary>What an engine is.</summary>
/// <param name="Version">For example <c>28.5.2</c>; a distribution may add to it.</param>
/// <param name="ApiVersion">Newest version of the API, for example <c>1.51</c>.</param>
/// <param name="MinApiVersion">Oldest version of the API; empty when it is not known.</param>
/// <param name="Os">For example <c>linux</c>.</param>
/// <param name="Arch">For example <c>amd64</c>.</param>
/// <param name="ComponentNames">Names of its parts; Podman is known by <c>Podman Engine</c>.</param>
internal sealed record EngineVersion(
    string Version, string ApiVersion, string MinApiVersion, string Os, string Arch, IReadOnlyList<string> ComponentNames)
{
    /// <summary>Whether Podman answers in Docker's place.</summary>
    public bool IsPodman => ComponentNames.Any(name => name.StartsWith("Podman", StringComparison.OrdinalIgnoreCase));

    internal static EngineVersion Read(JsonElement root) => new(
        root.Text("Version"),
        root.Text("ApiVersion"),
        root.Text("MinAPIVersion"),
        root.Text("Os"),
        root.Text("Arch"),
        [.. root.Items("Components").Select(component => component.Text("Name"))]);
}

/// <summary>How an engine is set up.</summary>
/// <param name="Id">Its own identity; stable over restarts, empty for Podman.</param>
/// <param name="Name">Name of its machine.</param>
/// <param name="Driver">Storage driver, for example <c>overlay2</c> or <c>overlayfs</c>.</param>
/// <param name="UsesContainerdStore">Whether images lie in containerd's store, which can hold indexes and attestations.</param>
/// <param name="CgroupVersion"><c>1</c> or <c>2</c>; empty when it is not known.</param>
/// <param name="InsecureRegistries">Networks (CIDR) and hosts for which plain http and any certificate will do.</param>
/// <param name="SecurityOptions">As given, for example <c>name=seccomp,profile=builtin</c>.</param>
/// <param name="OsType">For example <c>linux</c>.</param>
/// <param name="Architecture">As the kernel names it, for example <c>x86_64</c>.</param>
public sealed record EngineInfo(
    string Id,
    string Name,
    string Driver,
    bool UsesContainerdStore,
    string CgroupVersion,
    IReadOnlyList<string> InsecureRegistries,
    IReadOnlyList<string> SecurityOptions,
    string OsType,
    string Architecture)
{
    /// <summary>Folder of its data, on its machine; empty when it is not known.</summary>
    public string RootFolder { get; init; } = "";

    /// <summary>Its clock when it answered; null when it is not known.</summary>
    public DateTimeOffset? SystemTime { get; init; }

    /// <summary>Whether it runs without root.</summary>
    public bool IsRootless => SecurityOptions.Any(option => option.Split(',').Contains("name=rootless"));

    internal static EngineInfo Read(JsonElement root) => new(
        root.Text("ID"),
        root.Text("Name"),
        root.Text("Driver"),
        root.Items("DriverStatus").Any(IsContainerd),
        root.Text("CgroupVersion"),
        [
            .. root.Member("RegistryConfig").Texts("InsecureRegistryCIDRs"),
            .. root.Member("RegistryConfig").Members("IndexConfigs")
                .Where(registry => registry.Value.Member("Secure").ValueKind == JsonValueKind.False)
                .Select(registry => registry.Name),
        ],
        root.Texts("SecurityOptions"),
        root.Text("OSType"),
        root.Text("Architecture"))
    {
        RootFolder = root.Text("DockerRootDir"),
        SystemTime = DateTimeOffset.TryParse(root.Text("SystemTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null,
    };

    // ["driver-type", "io.containerd.snapshotter.v1"]; a graph driver has no such pair.
    private static bool IsContainerd(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
        && pair[0].AsText() == "driver-type" && pair[1].AsText().StartsWith("io.containerd.snapshotter", StringComparison.Ordinal);
}

/// <summary>An image in the engine's store.</summary>
/// <param name="Id">Digest of the config; with the containerd store, of the index or manifest.</param>
/// <param name="RepoTags">Its names, as <c>repository:tag</c>.</param>
/// <param name="RepoDigests">Its names, as <c>repository@digest</c>; with a graph driver only after a push or pull.</param>
/// <param name="DescriptorDigest">Digest of the index or manifest; empty with a graph driver and before engine 28.</param>
/// <param name="DescriptorMediaType">Its media type; empty likewise.</param>
/// <param name="ConfigJson">The <c>Config</c> object (entrypoint, user, ports ...) as JSON; empty when there is none.</param>
/// <param name="Size">Bytes: unpacked with a graph driver, packed with the containerd store.</param>
/// <param name="Os">For example <c>linux</c>.</param>
/// <param name="Architecture">For example <c>amd64</c>.</param>
internal sealed record EngineImage(
    string Id,
    IReadOnlyList<string> RepoTags,
    IReadOnlyList<string> RepoDigests,
    string DescriptorDigest,
    string DescriptorMediaType,
    string ConfigJson,
    long Size,
    string Os,
    string Architecture)
{
    internal static EngineImage Read(JsonElement root) => new(
        root.Text("Id"),
        root.Texts("RepoTags"),
        root.Texts("RepoDigests"),
        root.Member("Descriptor").Text("digest"),
        root.Member("Descriptor").Text("mediaType"),
        root.Member("Config") is { ValueKind: JsonValueKind.Object } config ? config.GetRawText() : "",
        root.Number("Size") ?? 0,
        root.Text("Os"),
        root.Text("Architecture"));
}

/// <summary>One manifest of an image in the engine's containerd store.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Its own size in bytes.</param>
/// <param name="Kind"><c>image</c>, <c>attestation</c> or <c>unknown</c>.</param>
/// <param name="Platform">Platform of an image; null otherwise.</param>
/// <param name="IsAvailable">Whether all it points to is in the store.</param>
internal sealed record EngineManifest(string Digest, string MediaType, long Size, string Kind, Platform? Platform, bool IsAvailable)
{
    internal static EngineManifest Read(JsonElement root)
    {
        var platform = root.Member("ImageData").Member("Platform");
        var descriptor = root.Member("Descriptor");
        return new EngineManifest(
            descriptor.Text("digest"),
            descriptor.Text("mediaType"),
            descriptor.Number("size") ?? 0,
            root.Text("Kind"),
            platform.ValueKind == JsonValueKind.Object
                ? new Platform(platform.Text("os"), platform.Text("architecture"), platform.Text("variant"))
                : null,
            root.Member("Available").ValueKind == JsonValueKind.True);
    }
}
