using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>Finds the images that an image is made from.</summary>
internal static class BakeBases
{
    /// <summary>The images, each once.</summary>
    public static IReadOnlyList<BakeBase> Of(BuildRequest request)
    {
        var names = request.PublishOutput is { } output
            ? output.All.Select(one => (Name: one.BaseImage, IsRead: true))
            : NamesIn(request).Select(name => (Name: name, IsRead: false));
        // A named context says what stands behind a name, and may itself be one of the bake's images.
        var found = names.Select(pair => (pair.Name, Behind: request.NamedContexts.FirstOrDefault(context => context.Name == pair.Name), pair.IsRead))
            .Where(one => one.Behind is null or { IsMirror: true })
            .Select(one => Base(one.Name, one.Name, one.IsRead))
            .Concat(request.NamedContexts
                .Where(context => !context.IsMirror && context.Source.StartsWith(NamedContext.ImageScheme, StringComparison.Ordinal))
                .Select(context => Base(context.Name, context.Source[NamedContext.ImageScheme.Length..], request.PublishOutput is not null)));
        return [.. found.OfType<BakeBase>().Distinct()];
    }

    private static BakeBase? Base(string name, string reference, bool isRead) =>
        ImageReference.TryParse(reference) is { } parsed ? new BakeBase(name, parsed.ToString(), isRead) : null;

    private static IEnumerable<string> NamesIn(BuildRequest request) =>
        File.Exists(request.Dockerfile) ? ExternalImages.Of(Dockerfile.Load(request.Dockerfile), request.ArgumentValues) : [];
}
