using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;

namespace BuildKit.Core.Builders;

/// <summary>Something that changes the result of a build and that not every builder can do.</summary>
public enum BuilderNeed
{
    /// <summary>An image for several platforms.</summary>
    Platforms,

    /// <summary>Attestations.</summary>
    Attestations,

    /// <summary>An OCI archive.</summary>
    OciArchive,

    /// <summary>A Docker archive that is written by the build.</summary>
    DockerArchive,
}

/// <summary>What builds need, and whether a builder has it: the one list for the check before a build and for moving it.</summary>
internal static class BuilderNeeds
{
    /// <summary>What helps a builder that cannot do enough, for BK1011.</summary>
    private const string WayOut =
        "Turn the containerd image store on in the engine (\"features\": {\"containerd-snapshotter\": true} in daemon.json), or set "
            + "BuildKitDriver=docker-container.";

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

    /// <summary>Whether a builder with these features can do it.</summary>
    public static bool Can(this DriverFeatures features, BuilderNeed need) => need switch
    {
        BuilderNeed.Platforms => features.MultiPlatform,
        BuilderNeed.Attestations => features.Attestations,
        _ => features.Archives,
    };

    /// <summary>The need in words, for "cannot make ...".</summary>
    public static string InWords(this BuilderNeed need) => need switch
    {
        BuilderNeed.Platforms => "an image for several platforms",
        BuilderNeed.Attestations => "attestations",
        BuilderNeed.OciArchive => "an OCI archive",
        _ => "an archive while it builds",
    };
}
