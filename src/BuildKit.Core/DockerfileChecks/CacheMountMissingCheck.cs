using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3311: a package manager without a cache mount.</summary>
internal static class CacheMountMissingCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input) =>
        from chain in input.Chains
        from instruction in chain.Stage.Instructions
        where instruction.Keyword == "RUN" && !Mounts.Of(instruction).Any(mount => mount.Type == "cache")
        from manager in PackageManager.All
        let command = manager.FindIn(instruction)
        where command is not null && !KeepsNothing(manager, instruction)
        select LayerCheckDiagnostics.CacheMountMissing.At(input.At(instruction.Line, instruction.EndLine), command, manager.Mount,
            SameMount(input, instruction, command));

    // A mount for the restore alone would hide its packages from the steps that build (BK3307).
    private static string SameMount(CheckInput input, Dockerfiles.DockerfileInstruction restore, string command)
    {
        var lines = command != "dotnet restore" ? [] : input.Chains.Where(chain => chain.Instructions.Contains(restore))
            .SelectMany(chain => chain.Instructions.SkipWhile(other => other != restore).Skip(1))
            .Where(later => RunCommands.Dotnet(later).Any() && !Mounts.Of(later).Any(mount => mount.Type == "cache"))
            .Select(later => later.Line).Distinct().Order().ToList();
        return lines.Count == 0
            ? ""
            : $" Give the same mount to line{(lines.Count > 1 ? "s" : "")} {string.Join(", ", lines)}: the packages are then in no layer.";
    }

    private static bool KeepsNothing(PackageManager manager, Dockerfiles.DockerfileInstruction instruction) =>
        manager.NoCache.Length > 0 && Regex.IsMatch(RunCommands.TextOf(instruction), manager.NoCache, RegexOptions.CultureInvariant);
}
