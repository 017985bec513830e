using BuildKit.Core.Images;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>Where an image is pushed to.</summary>
public static class PushDestinations
{
    /// <summary>
    /// One tag of each repository that the image is pushed to and that the last build did not: whether the registry takes
    /// a push there is worth a question; where it took one, the build itself reports when that has changed.
    /// </summary>
    /// <param name="request">The build.</param>
    public static IReadOnlyList<ImageReference> Unverified(BuildRequest request)
    {
        if (!request.Pushes)
        {
            return [];
        }

        var tried = (BuildRecord.Read(request.FileOf(".record.json"))?.Image.References ?? [])
            .Select(reference => ImageReference.TryParse(reference)?.Name).ToHashSet();
        return [.. request.Tags.DistinctBy(tag => tag.Name).Where(tag => !tried.Contains(tag.Name))];
    }
}
