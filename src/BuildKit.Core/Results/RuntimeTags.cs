using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Results;

/// <summary>
/// The images behind an index of published files get tags of their own in a registry, as from the SDK:
/// <c>&lt;tag&gt;-&lt;runtime identifier&gt;</c>.
/// </summary>
/// <param name="registries">The registries.</param>
internal sealed class RuntimeTags(RegistryClients registries)
{
    /// <summary>The tags: reference and image.</summary>
    public static IEnumerable<(ImageReference Reference, PlatformImage Image)> Of(BuildRequest request, BuiltImage image) =>
        from one in request.Pushes ? image.PlatformImages : []
        where one.RuntimeIdentifier.Length > 0
        from tag in request.Tags
        where tag.Registry.Length > 0
        select (tag with { Tag = $"{tag.Tag}-{one.RuntimeIdentifier}" }, one);

    /// <summary>Puts the tags; what they name was pushed with the index.</summary>
    /// <exception cref="DiagnosticException">BK5001, BK5002.</exception>
    public async Task PushAsync(BuildRequest request, BuiltImage image, CancellationToken cancellation)
    {
        var tags = Of(request, image).ToList();
        if (tags.Count == 0)
        {
            return;
        }

        var registry = registries.For(RegistryAccess.PullFromOutput);
        await Task.WhenAll(tags.Select(async tag =>
        {
            try
            {
                await registry.PutManifestAsync(
                    tag.Reference, Encoding.UTF8.GetBytes(tag.Image.ManifestJson), tag.Image.MediaType, cancellation).ConfigureAwait(false);
            }
            catch (RegistryException failure)
            {
                var location = new SourceLocation(request.ProjectFile);
                throw new DiagnosticException(failure.Kind == RegistryFailure.Denied
                    ? ResultDiagnostics.PushDenied.At(location, tag.Reference, failure.Message, tag.Reference.Registry)
                    : ResultDiagnostics.PushFailed.At(location, tag.Reference, failure.Message));
            }
        })).ConfigureAwait(false);
    }
}
