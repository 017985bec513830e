using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3307: one step restores into a layer and another looks into a cache mount, or the other way round.</summary>
internal static partial class CacheMountHidesLayerCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var chain in input.Chains)
        {
            if (chain.Instructions.FirstOrDefault(RunCommands.Restores) is not { } restore)
            {
                continue;
            }

            var inMount = PackagesMount(restore);
            foreach (var instruction in chain.Stage.Instructions.Where(own => own.Line > restore.Line && Builds(own) && Hides(restore, own)))
            {
                var mount = PackagesMount(instruction);
                var again = !RunCommands.Dotnet(instruction).All(command => RestoreOutcome.IsWithoutRestore(command.Words));
                yield return ProjectCheckDiagnostics.CacheMountHidesLayer.At(
                    input.At(instruction.Line, instruction.EndLine),
                    restore.Line,
                    inMount is null ? "into the layer" : "into a cache mount",
                    mount is null ? "in the layer" : "in a cache mount",
                    again ? "downloaded again" : "not found",
                    inMount is null
                        ? CommandOf(instruction) + " (without the mount, or give line "
                            + restore.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) + " the same)"
                        : $"--mount=type=cache,target={inMount.Target} {CommandOf(instruction)}");
            }
        }
    }

    /// <summary>Whether the packages of a restore lie where a step does not see them.</summary>
    internal static bool Hides(DockerfileInstruction restore, DockerfileInstruction instruction) =>
        PackagesMount(restore) is null != PackagesMount(instruction) is null;

    // With the packages in sight there is nothing to restore; otherwise BK3306 would come next.
    private static string CommandOf(DockerfileInstruction instruction) =>
        Verb().Replace(RunCommands.TextOf(instruction).Split('\n')[0], match => RestoreOutcome.IsWithoutRestore(match.Groups["words"].Value)
            ? match.Value : match.Groups["verb"].Value + " --no-restore" + match.Groups["words"].Value);

    [GeneratedRegex(@"(?<verb>\bdotnet\s+(?:build|publish))\b(?<words>[^&|;\n]*)")]
    private static partial Regex Verb();

    private static bool Builds(DockerfileInstruction instruction) =>
        RunCommands.Dotnet(instruction).Any(command => command.Verb is "build" or "publish");

    private static Mount? PackagesMount(DockerfileInstruction instruction) =>
        Mounts.Of(instruction).FirstOrDefault(mount => mount.Type == "cache" && IsPackageFolder(mount.Target));

    private static bool IsPackageFolder(string target) =>
        target.EndsWith("/.nuget/packages", StringComparison.Ordinal) || target.EndsWith("/.nuget", StringComparison.Ordinal);
}
