using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Builds;

/// <summary>Compares what a build asks for with what the builder can do, before the build.</summary>
public static class BuilderAbilities
{
    private const string WayOut =
        "Turn the containerd image store on in the engine (\"features\": {\"containerd-snapshotter\": true} in daemon.json), or set BuildKitDriver=docker-container.";

    /// <summary>Refuses what the builder would refuse, or would do otherwise without a word.</summary>
    /// <exception cref="DiagnosticException">BK1011.</exception>
    public static void Check(BuildRequest request, Builder builder)
    {
        var features = builder.Features;
        var missing = request.Platforms.Count > 1 && !features.MultiPlatform ? "an image for several platforms"
            : request.Attestations.Any && !features.Attestations ? "attestations"
            : request.Outputs.Any(output => output.Kind is OutputKind.OciArchive or OutputKind.OciFolder) && !features.Archives ? "an OCI archive or folder"
            : request.Outputs.Any(output => output.Kind == OutputKind.DockerArchive) && !features.Archives ? "an archive while it builds"
            : null;
        if (missing is not null)
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderCannot.At(
                new SourceLocation(request.ProjectFile), builder.DisplayName, builder.Kind, missing, WayOut));
        }
    }
}
