using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>
/// Looks whether every destination still has the recorded image: one HEAD for each tag in a registry, one request to
/// the engine for each tag in its store, one look at each file. No process is started.
/// </summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
internal sealed class DestinationCheck(BuildEnvironment environment, RegistryClients registries)
{
    /// <summary>Looks at all destinations.</summary>
    /// <param name="request">The request.</param>
    /// <param name="recorded">The result of the last build.</param>
    /// <param name="cancellation">Ends the looking.</param>
    /// <returns>Why the image has to be built again, or empty.</returns>
    public async Task<string> FindDifferenceAsync(BuildRequest request, BuiltImage recorded, CancellationToken cancellation)
    {
        if (request.Pushes && await FindInRegistryAsync(request, recorded, cancellation).ConfigureAwait(false) is { Length: > 0 } moved)
        {
            return moved;
        }

        if (request.Loads && await FindInEngineAsync(request.Tags, recorded, cancellation).ConfigureAwait(false) is { Length: > 0 } gone)
        {
            return gone;
        }

        foreach (var output in request.Outputs.Where(output => output.Path.Length > 0))
        {
            if (!recorded.Files.Contains(FileState(output.Path)))
            {
                return $"{output.Path} is not as it was written";
            }
        }

        return "";
    }

    /// <summary>Name, size and time of a written file, as kept in <see cref="BuiltImage.Files"/>.</summary>
    public static string FileState(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"
            : Directory.Exists(path) ? path
            : $"{path}|missing";
    }

    private async Task<string> FindInRegistryAsync(BuildRequest request, BuiltImage recorded, CancellationToken cancellation)
    {
        var registry = registries.For(RegistryAccess.PullFromOutput);
        var tags = request.Tags.Select(tag => (tag, recorded.Digest))
            .Concat(RuntimeTags.Of(request, recorded).Select(tag => (tag.Reference, tag.Image.Digest)));
        foreach (var (tag, digest) in tags)
        {
            try
            {
                var head = await registry.HeadManifestAsync(tag, cancellation).ConfigureAwait(false);
                if (head?.Digest != digest)
                {
                    return head is null ? $"{tag} is no longer in the registry" : $"{tag} was moved to another image";
                }
            }
            catch (RegistryException failure)
            {
                return $"{tag} could not be looked at ({failure.Message})";
            }
        }

        return "";
    }

    private async Task<string> FindInEngineAsync(IReadOnlyList<ImageReference> tags, BuiltImage recorded, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (!endpoint.CanCall)
        {
            return $"the engine at {endpoint} cannot be asked quickly";
        }

        try
        {
            using var engine = new EngineApi(endpoint);
            foreach (var tag in tags)
            {
                var image = await engine.InspectImageAsync(tag.ToString(), cancellation).ConfigureAwait(false);
                if (image is null)
                {
                    return $"{tag} is no longer in the engine";
                }

                // With the containerd store the engine names images by manifest, with a graph driver by configuration.
                if (image.Id != recorded.EngineId && image.Id != recorded.Digest && image.DescriptorDigest != recorded.Digest
                    && image.Id != recorded.ConfigDigest)
                {
                    return $"{tag} was moved to another image";
                }
            }

            return "";
        }
        catch (EngineException failure)
        {
            return $"the engine could not be asked ({failure.Reason})";
        }
    }
}
