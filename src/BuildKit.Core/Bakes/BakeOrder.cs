using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Bakes;

/// <summary>Which images of a bake are built, and in which order their projects are prepared.</summary>
public sealed class BakeOrder
{
    private readonly IReadOnlyList<BakeImage> images;
    private readonly bool all;
    private readonly Dictionary<BakeImage, List<BakeImage>> needs;

    /// <summary>Compares the images.</summary>
    /// <param name="images">All images, changed or not.</param>
    /// <param name="all">Whether all of them are built, for somebody else to run.</param>
    /// <exception cref="DiagnosticException">BK6202, BK6203.</exception>
    public BakeOrder(IReadOnlyList<BakeImage> images, bool all)
    {
        this.all = all;
        this.images = images = [.. images.Where(image => !image.IsForOthers || IsFirst(image, images))];
        CheckNames();
        needs = images.ToDictionary(image => image, image => images.Where(other => image.BaseIn(other) is not null).ToList());
        CheckCycles();
        Built = [.. images.Where(image => all || IsBuilt(image) || UserOf(image) is not null)];
    }

    /// <summary>How many images there are: one that several projects need is one.</summary>
    public int Count => images.Count;

    /// <summary>Images that have to be built: what changed, what builds on it, and what it builds on and no registry has.</summary>
    public IReadOnlyList<BakeImage> Built { get; }

    /// <summary>
    /// When a project is prepared, from 0: an image of published files is laid on its base by that base's configuration,
    /// so a base of the same bake has to be there before.
    /// </summary>
    public int WaveOf(string projectFile) => images.Where(image => image.ProjectFile == projectFile).Select(WaveOf).DefaultIfEmpty(0).Max();

    /// <summary>What a project is to do: null when none of its images is built.</summary>
    /// <param name="own">Its images, as they were given to the order.</param>
    public BakeTurn? TurnOf(IReadOnlyList<BakeImage> own)
    {
        var built = own.Where(Built.Contains).ToList();
        if (built.Count == 0)
        {
            return null;
        }

        var turns = built.Select(image => new TurnImage(image.Name, image.References, !all && FollowsBase(image), ReasonOf(image)));
        return new BakeTurn(all ? 0 : WaveOf(built[0].ProjectFile), [.. turns]) { ByHand = all };
    }

    private bool FollowsBase(BakeImage image) =>
        needs[image].Exists(other => Built.Contains(other) && other.ProjectFile != image.ProjectFile && image.BaseIn(other)!.IsRead);

    private int WaveOf(BakeImage image) => needs[image].Where(Built.Contains)
        .Select(other => (other.ProjectFile == image.ProjectFile ? 0 : WaveOf(other))
            + (image.BaseIn(other)!.IsRead && other.ProjectFile != image.ProjectFile ? 1 : 0))
        .DefaultIfEmpty(0).Max();

    private bool IsBuilt(BakeImage image) => image.Changed || needs[image].Exists(IsBuilt);

    // A builder with a store of its own sees no image of the engine; what is built along comes from its cache. The base of
    // published files is read by us, from wherever it is.
    private BakeImage? UserOf(BakeImage image) => image.IsPushed ? null
        : images.FirstOrDefault(other => other.BaseIn(image) is { IsRead: false } && (IsBuilt(other) || UserOf(other) is not null));

    private string ReasonOf(BakeImage image) => image.Changed || all ? ""
        : needs[image].Find(IsBuilt) is { } used ? $"{used.Name}, which it builds on, is built"
        : $"{UserOf(image)!.Name} is built on it, and no registry has it";

    // The project that owns an image makes it; without one, the first that needs it.
    private static bool IsFirst(BakeImage image, IReadOnlyList<BakeImage> images) =>
        images.FirstOrDefault(other => !other.IsForOthers && other.References.Intersect(image.References).Any(), image) == image
        && images.First(other => other.IsForOthers && other.References.SequenceEqual(image.References)) == image;

    private void CheckNames()
    {
        var owners = new Dictionary<string, BakeImage>(StringComparer.Ordinal);
        foreach (var image in images)
        {
            foreach (var reference in image.References.Where(reference => !owners.TryAdd(reference, image)))
            {
                var first = owners[reference];
                throw new DiagnosticException(BakeDiagnostics.SameReference.At(
                    new SourceLocation(image.ProjectFile), first.Name, first.ProjectFile, image.Name, image.ProjectFile, reference));
            }
        }
    }

    private void CheckCycles()
    {
        var done = new HashSet<BakeImage>();
        void Visit(BakeImage image, List<BakeImage> path)
        {
            var at = path.IndexOf(image);
            if (at >= 0)
            {
                var circle = path[at..].Append(image).Select(one => $"{one.Name} ({Path.GetFileName(one.ProjectFile)})");
                throw new DiagnosticException(BakeDiagnostics.Cycle.At(new SourceLocation(image.ProjectFile), string.Join(" builds on ", circle)));
            }

            if (!done.Contains(image))
            {
                needs[image].ForEach(other => Visit(other, [.. path, image]));
                done.Add(image);
            }
        }

        images.ToList().ForEach(image => Visit(image, []));
    }
}
