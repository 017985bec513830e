using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3307: one step restores into a layer and another looks into a cache mount, or the other way round.</summary>
public static class CacheMountHidesLayerCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        foreach (var chain in scene.Chains)
        {
            if (chain.Instructions.FirstOrDefault(RunCommands.Restores) is not { } restore)
            {
                continue;
            }

            var inMount = PackagesMount(restore);
            foreach (var instruction in chain.Stage.Instructions.Where(own => own.Line > restore.Line && Builds(own)))
            {
                var mount = PackagesMount(instruction);
                if (inMount is null == mount is null)
                {
                    continue;
                }

                var again = !RunCommands.Dotnet(instruction).All(command => command.Words.Contains("--no-restore", StringComparison.Ordinal));
                yield return ProjectCheckDiagnostics.CacheMountHidesLayer.At(
                    scene.At(instruction.Line, instruction.EndLine),
                    restore.Line,
                    inMount is null ? "into the layer" : "into a cache mount",
                    mount is null ? "in the layer" : "in a cache mount",
                    again ? "downloaded again" : "not found",
                    inMount is null
                        ? RunCommands.TextOf(instruction).Split('\n')[0] + " (without the mount, or give line " + restore.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) + " the same)"
                        : $"--mount=type=cache,target={inMount.Target} {RunCommands.TextOf(instruction).Split('\n')[0]}");
            }
        }
    }

    private static bool Builds(DockerfileInstruction instruction) => RunCommands.Dotnet(instruction).Any(command => command.Verb is "build" or "publish");

    private static Mount? PackagesMount(DockerfileInstruction instruction) =>
        Mounts.Of(instruction).FirstOrDefault(mount => mount.Type == "cache" && IsPackageFolder(mount.Target));

    private static bool IsPackageFolder(string target) =>
        target.EndsWith("/.nuget/packages", StringComparison.Ordinal) || target.EndsWith("/.nuget", StringComparison.Ordinal);
}
