using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3304: the stage that becomes the image is on the platform of the machine that builds.</summary>
internal static class FinalStagePlatformCheck
{
    /// <summary>Finds it. A stage chosen by name may be one for tests or files.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.TargetChain is { } chain && chain.Stage == input.Dockerfile.Stages[^1]
            && chain.Root.Platform?.Contains("BUILDPLATFORM", StringComparison.Ordinal) == true)
        {
            yield return ProjectCheckDiagnostics.FinalStageOnBuildPlatform.At(
                input.At(chain.Root.Line), $"FROM {chain.Root.BaseName}{(chain.Root.Name is { } name ? $" AS {name}" : "")}");
        }
    }
}
