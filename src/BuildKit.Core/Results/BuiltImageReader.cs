using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Results;

/// <summary>Adds to a result what buildx does not say: manifest, configuration, sizes.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Gets a message when something is not to be had.</param>
internal sealed class BuiltImageReader(BuildEnvironment environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>Looks the image up where it went.</summary>
    /// <param name="request">The request.</param>
    /// <param name="image">The result so far.</param>
    /// <param name="previous">The last build's result, to tell what of this one is new.</param>
    /// <param name="cancellation">Ends the requests.</param>
    public async Task<BuiltImage> CompleteAsync(BuildRequest request, BuiltImage image, BuiltImage? previous, CancellationToken cancellation)
    {
        try
        {
            if (request.Pushes && image.Digest.Length > 0)
            {
                var pushed = await FromRegistryAsync(request, image, previous, cancellation).ConfigureAwait(false);
                return request.Loads
                    ? pushed with { EngineId = (await FromEngineAsync(request, image, cancellation).ConfigureAwait(false)).EngineId }
                    : pushed;
            }

            if (request.Loads)
            {
                return await FromEngineAsync(request, image, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is RegistryException or EngineException)
        {
            sink.Report(ResultDiagnostics.DetailsUnavailable.With("GeneratedContainerManifest", image.References[0], failure.Message));
        }

        return image;
    }

    private async Task<BuiltImage> FromRegistryAsync(
        BuildRequest request, BuiltImage image, BuiltImage? previous, CancellationToken cancellation)
    {
        var registry = registries.For(RegistryAccess.PullFromOutput);
        var reference = request.Tags.First(tag => tag.Registry.Length > 0) with { Tag = "", Digest = image.Digest };
        var manifest = await registry.GetManifestAsync(reference, cancellation).ConfigureAwait(false);
        var platform = request.Platforms.Count > 0 ? request.Platforms[0] : Platform.OfThisMachine;
        var config = await registry.GetConfigAsync(reference, manifest, platform, cancellation).ConfigureAwait(false);
        var platforms = new List<PlatformImage>();
        for (var i = 0; i < request.Platforms.Count && manifest.Digest != config.ManifestDigest; i++)
        {
            var one = i == 0 ? config : await registry.GetConfigAsync(reference, manifest, request.Platforms[i], cancellation).ConfigureAwait(false);
            platforms.Add(new PlatformImage(
                request.Platforms[i].ToString(), request.PublishOutput?.All[i].RuntimeIdentifier ?? "",
                one.ManifestDigest, one.MediaType, one.ManifestJson, one.ConfigJson));
        }

        var blobs = Blobs(config.ManifestJson);
        var known = previous is null ? [] : Blobs(previous.ManifestJson).Keys.ToHashSet();
        return image with
        {
            MediaType = manifest.MediaType,
            PlatformImages = platforms,
            ManifestJson = Encoding.UTF8.GetString(manifest.Content.Span),
            ConfigJson = config.ConfigJson,
            ConfigDigest = config.ConfigDigest,
            Size = blobs.Values.Sum(),
            PushedBytes = known.Count == 0 ? -1 : blobs.Where(blob => !known.Contains(blob.Key)).Sum(blob => blob.Value),
        };
    }

    private async Task<BuiltImage> FromEngineAsync(BuildRequest request, BuiltImage image, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (!endpoint.CanCall)
        {
            return image;
        }

        using var engine = new EngineApi(endpoint);
        var found = await engine.InspectImageAsync(request.Tags[0].ToString(), cancellation).ConfigureAwait(false);
        return found is null ? image : image with
        {
            EngineId = found.Id,
            // A graph driver knows the image by its configuration; then that is its identity here.
            Digest = found.DescriptorDigest.Length > 0 ? found.DescriptorDigest : found.Id,
            MediaType = found.DescriptorMediaType.Length > 0 ? found.DescriptorMediaType : image.MediaType,
            ConfigJson =
                $"{{\"architecture\":\"{found.Architecture}\",\"os\":\"{found.Os}\","
                + $"\"config\":{(found.ConfigJson.Length > 0 ? found.ConfigJson : "{}")}}}",
            Size = found.Size,
        };
    }

    internal static Dictionary<string, long> Blobs(string manifestJson)
    {
        var blobs = new Dictionary<string, long>();
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(manifestJson));
        var root = document?.RootElement ?? default;
        foreach (var blob in root.Items("layers").Append(root.Member("config")).Where(blob => blob.Text("digest").Length > 0))
        {
            blobs[blob.Text("digest")] = blob.Number("size") ?? 0;
        }

        return blobs;
    }
}
