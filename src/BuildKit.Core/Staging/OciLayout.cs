using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>
/// A named context with other files for each platform. buildx takes one source for all platforms; when that is an image
/// of several platforms in a folder, BuildKit takes the one of the platform that it builds for. Form:
/// https://github.com/opencontainers/image-spec/blob/main/image-layout.md.
/// </summary>
internal static class OciLayout
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Config = "application/vnd.oci.image.config.v1+json";
    private const string Layer = "application/vnd.oci.image.layer.v1.tar";
    private const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>The request with such contexts as images; others stay as they are.</summary>
    /// <param name="request">The request.</param>
    /// <param name="area">Where the images are written.</param>
    public static BuildRequest Materialize(BuildRequest request, StagingArea area) =>
        request.NamedContexts.All(context => context.Platforms.Count < 2) ? request : request with
        {
            NamedContexts = [.. request.NamedContexts.Select(context => context.Platforms.Count < 2 ? context
            : new NamedContext(context.Name, "oci-layout://" + Write(area.FileOf($".{context.Name}.layout"), context.Platforms)))],
        };

    /// <summary>Writes the image; what is the same already stays.</summary>
    /// <param name="folder">Full path of the layout's folder; what is not of this image is removed.</param>
    /// <param name="platforms">Platforms and their folders.</param>
    /// <returns>Path and digest, as buildx takes them.</returns>
    public static string Write(string folder, IReadOnlyList<NamedContextFolder> platforms)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        var written = new HashSet<string>();
        var manifests = platforms.Select(one => ManifestOf(blobs, written, one));
        var index = Text(blobs, written, Index, $$"""{"schemaVersion":2,"mediaType":"{{Index}}","manifests":[{{string.Join(',', manifests)}}]}""");
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(folder, "index.json"), $$"""{"schemaVersion":2,"manifests":[{{index.Descriptor}}]}""");
        Directory.GetFiles(blobs).Where(file => !written.Contains(Path.GetFileName(file))).ToList().ForEach(File.Delete);
        return $"{folder}@{index.Digest}";
    }

    private static string ManifestOf(string blobs, HashSet<string> written, NamedContextFolder one)
    {
        var platform = $"\"os\":\"{one.Platform.OperatingSystem}\",\"architecture\":\"{one.Platform.Architecture}\""
            + (one.Platform.Variant.Length > 0 ? $",\"variant\":\"{one.Platform.Variant}\"" : "");
        var layer = Blob(blobs, written, Layer, stream => WriteFiles(one.Folder, stream));
        var config = Text(blobs, written, Config, $$$"""{{{{platform}}},"config":{},"rootfs":{"type":"layers","diff_ids":["{{{layer.Digest}}}"]}}""");
        var manifest = Text(blobs, written, Manifest,
            $$"""{"schemaVersion":2,"mediaType":"{{Manifest}}","config":{{config.Descriptor}},"layers":[{{layer.Descriptor}}]}""");
        return manifest.Descriptor[..^1] + ",\"platform\":{" + platform + "}}";
    }

    // In a fixed order, and without what differs from publish to publish of the same files.
    private static void WriteFiles(string folder, Stream stream)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Name: PathRules.Here.ToSlashes(Path.GetRelativePath(folder, file.FullName)), File: file));
        foreach (var (name, file) in files.OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            using var content = file.OpenRead();
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = FileModes.Of(file.FullName),
                ModificationTime = DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds()),
                DataStream = content,
            });
        }
    }

    private static (string Digest, string Descriptor) Text(string blobs, HashSet<string> written, string mediaType, string text) =>
        Blob(blobs, written, mediaType, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static (string Digest, string Descriptor) Blob(string blobs, HashSet<string> written, string mediaType, Action<Stream> write)
    {
        var partial = Path.Combine(blobs, "partial");
        long size;
        string hash;
        using (var file = File.Create(partial))
        {
            write(file);
            size = file.Length;
            file.Position = 0;
            hash = Convert.ToHexString(SHA256.HashData(file)).ToLowerInvariant();
        }

        // What a digest names is never another content.
        var blob = new FileInfo(Path.Combine(blobs, hash));
        if (blob.Exists && blob.Length == size)
        {
            File.Delete(partial);
        }
        else
        {
            File.Move(partial, blob.FullName, overwrite: true);
        }

        written.Add(hash);
        return ($"sha256:{hash}",
            string.Create(CultureInfo.InvariantCulture, $$"""{"mediaType":"{{mediaType}}","digest":"sha256:{{hash}}","size":{{size}}}"""));
    }
}
