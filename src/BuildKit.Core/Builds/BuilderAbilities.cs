using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Builds;

/// <summary>Compares what a build asks for with what the builder can do, before the build.</summary>
public static class BuilderAbilities
{
    /// <summary>Refuses what the builder would refuse, or would do otherwise without a word.</summary>
    /// <exception cref="DiagnosticException">BK1011.</exception>
    public static void Check(BuildRequest request, Builder builder) =>
        BuilderNeeds.Check(NeedsOf(request), builder, new SourceLocation(request.ProjectFile));

    /// <summary>What a build asks for that not every builder can do.</summary>
    public static IEnumerable<BuilderNeed> NeedsOf(BuildRequest request)
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
            if (kind is OutputKind.OciArchive or OutputKind.OciFolder or OutputKind.DockerArchive)
            {
                yield return kind == OutputKind.DockerArchive ? BuilderNeed.DockerArchive : BuilderNeed.OciArchive;
            }
        }
    }
}
