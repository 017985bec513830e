using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3311: a package manager without a cache mount.</summary>
public static class CacheMountMissingCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene) =>
        from stage in scene.Chains.Select(chain => chain.Stage)
        from instruction in stage.Instructions
        where instruction.Keyword == "RUN" && !Mounts.Of(instruction).Any(mount => mount.Type == "cache")
        from manager in PackageManager.All
        let command = manager.FindIn(instruction)
        where command is not null && !KeepsNothing(manager, instruction)
        select LayerCheckDiagnostics.CacheMountMissing.At(scene.At(instruction.Line, instruction.EndLine), command, manager.Mount);

    private static bool KeepsNothing(PackageManager manager, Dockerfiles.DockerfileInstruction instruction) =>
        manager.NoCache.Length > 0 && Regex.IsMatch(RunCommands.TextOf(instruction), manager.NoCache, RegexOptions.CultureInvariant);
}
