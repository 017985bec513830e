using BuildKit.Core.Diagnostics;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Bakes;

/// <summary>The images of one project in one bake: as fast as DevSpace and Compose, which build those of a file at once.</summary>
public static class ProjectBake
{
    /// <summary>What the project makes ready for its bake.</summary>
    /// <param name="changed">Images that have to be built.</param>
    /// <param name="unchanged">The others.</param>
    /// <param name="sink">Receives why several images are built one after the other.</param>
    /// <returns>Null when there is no bake: with one image to build, or with one that a bake cannot make.</returns>
    /// <exception cref="DiagnosticException">BK6203.</exception>
    public static BakeTurn? TurnOf(IReadOnlyList<PlannedBuild> changed, IReadOnlyList<PlannedBuild> unchanged, IDiagnosticSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var images = changed.Select(plan => BakeImage.Of(plan, changed: true))
            .Concat(unchanged.Select(plan => BakeImage.Of(plan, changed: false))).ToList();
        var order = new BakeOrder(images, all: false);
        if (order.TurnOf(images) is not { Images.Count: > 1 } turn)
        {
            return null;
        }

        if (Obstacle(changed, unchanged, order) is { } obstacle)
        {
            sink.Message(MessageLevel.Normal, $"The images are built one after the other: {obstacle}.");
            return null;
        }

        return turn;
    }

    private static string? Obstacle(IReadOnlyList<PlannedBuild> changed, IReadOnlyList<PlannedBuild> unchanged, BakeOrder order)
    {
        var built = order.Built.Select(image => image.Name).ToHashSet();
        var unknown = changed.Concat(unchanged).Select(plan => plan.Request).Where(request => built.Contains(request.Name))
            .Select(request => (request.Name, Option: BakeOptions.UnknownIn(request))).FirstOrDefault(found => found.Option.Length > 0);
        if (unknown.Option is not null)
        {
            return $"a bake has no word for the option {unknown.Option} of {unknown.Name}";
        }

        // The base has to be there before the other image is made ready.
        var laid = order.Built.FirstOrDefault(image => order.Built.Any(other => image.BaseIn(other) is { IsRead: true }));
        return laid is null ? null : $"the published files of {laid.Name} are laid on another one of them";
    }
}
