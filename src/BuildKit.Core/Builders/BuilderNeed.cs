using BuildKit.Core.Builds;

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
public static class BuilderNeeds
{
    /// <summary>The needs of a build.</summary>
    public static IEnumerable<BuilderNeed> Of(BuildRequest request)
    {
        if (request.Platforms.Count > 1)
        {
            yield return BuilderNeed.Platforms;
        }

        if (request.Attestations.Any)
        {
            yield return BuilderNeed.Attestations;
        }

        foreach (var kind in request.Outputs.Select(output => output.Kind).Distinct())
        {
            if (kind is OutputKind.OciArchive or OutputKind.DockerArchive)
            {
                yield return kind == OutputKind.OciArchive ? BuilderNeed.OciArchive : BuilderNeed.DockerArchive;
            }
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
