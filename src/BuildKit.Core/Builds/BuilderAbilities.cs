using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Builds;

/// <summary>Compares what a build asks for with what the builder can do, before the build.</summary>
public static class BuilderAbilities
{
    /// <summary>What helps a builder that cannot do enough, for BK1011.</summary>
    public const string WayOut =
        "Turn the containerd image store on in the engine (\"features\": {\"containerd-snapshotter\": true} in daemon.json), or set BuildKitDriver=docker-container.";

    /// <summary>Refuses what the builder would refuse, or would do otherwise without a word.</summary>
    /// <exception cref="DiagnosticException">BK1011.</exception>
    public static void Check(BuildRequest request, Builder builder) =>
        Check(BuilderNeeds.Of(request), builder, new SourceLocation(request.ProjectFile));

    /// <summary>Refuses needs that the builder does not have.</summary>
    /// <exception cref="DiagnosticException">BK1011.</exception>
    public static void Check(IEnumerable<BuilderNeed> needs, Builder builder, SourceLocation? location)
    {
        var missing = needs.Where(need => !builder.Features.Can(need)).Select(need => need.InWords()).ToList();
        if (missing.Count > 0)
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderCannot.At(
                location, builder.DisplayName, builder.Kind, string.Join(" or ", missing), WayOut));
        }
    }
}
