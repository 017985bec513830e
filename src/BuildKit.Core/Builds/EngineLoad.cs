using BuildKit.Core.Builders;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;

namespace BuildKit.Core.Builds;

/// <summary>
/// Loading into the engine from a builder that has a store of its own. The whole image goes over as an archive, however
/// little of it is new, and the engine unpacks it before it sees that it has it. So when the engine has an image under
/// each name, the build first runs without loading, and the archive is made only when the result is another image; that
/// second run finds every step done.
/// </summary>
/// <param name="environment">The environment of the build, which names the engine.</param>
internal sealed class EngineLoad(BuildEnvironment environment)
{
    // A second run of buildx takes as long as this much of an image.
    private const long WorthAsking = 10_000_000;

    /// <summary>Whether the engine may have the result already, so that it is worth knowing before it is loaded.</summary>
    /// <param name="request">The build.</param>
    /// <param name="builder">Its builder.</param>
    /// <param name="cancellation">Ends the questions to the engine.</param>
    public async Task<bool> MayBeThereAsync(BuildRequest request, Builder builder, CancellationToken cancellation) =>
        // An index has no single digest to compare, and without cache a second run would build everything again.
        request.Loads && !builder.Features.LoadsByItself && !request.NoCache && !request.Attestations.Any && request.Platforms.Count < 2
        && await AllAsync(request, image => image.Size >= WorthAsking, cancellation).ConfigureAwait(false);

    /// <summary>Whether the engine has what was built, under each of its names.</summary>
    /// <param name="request">The build.</param>
    /// <param name="built">What buildx said of the result.</param>
    /// <param name="cancellation">Ends the questions to the engine.</param>
    public Task<bool> IsThereAsync(BuildRequest request, BuildMetadata built, CancellationToken cancellation) =>
        // With the containerd store the engine names images by manifest, with a graph driver by configuration.
        AllAsync(request, image => image.Id.Length > 0 && (image.Id == built.Digest || image.Id == built.ConfigDigest), cancellation);

    /// <summary>The build without the loading.</summary>
    public static BuildRequest WithoutLoading(BuildRequest request)
    {
        var others = request.Outputs.Where(output => output.Kind != OutputKind.Load).ToList();
        return others.Count > 0 ? request with { Outputs = others } : request with
        {
            Outputs = [new BuildOutput(OutputKind.Unloaded)],
            // BuildKit's types for an archive that is loaded, so that the manifest is the same.
            ImageFormat = request.ImageFormat.Length > 0 ? request.ImageFormat : "OCI",
        };
    }

    /// <summary>The loading of what was just built, with the same manifest.</summary>
    /// <param name="request">The build.</param>
    /// <param name="built">What buildx said of the result.</param>
    public static BuildRequest OnlyLoading(BuildRequest request, BuildMetadata? built) => request with
    {
        Outputs = [new BuildOutput(OutputKind.Load)],
        ImageFormat = built?.MediaType.Contains(".oci.", StringComparison.Ordinal) == true ? "OCI" : "Docker",
        CacheTo = [],
    };

    private async Task<bool> AllAsync(BuildRequest request, Func<EngineImage, bool> condition, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (!endpoint.CanCall)
        {
            return false;
        }

        try
        {
            using var engine = new EngineApi(endpoint);
            foreach (var tag in request.Tags)
            {
                if (await engine.InspectImageAsync(tag.ToString(), cancellation).ConfigureAwait(false) is not { } image || !condition(image))
                {
                    return false;
                }
            }

            return request.Tags.Count > 0;
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
