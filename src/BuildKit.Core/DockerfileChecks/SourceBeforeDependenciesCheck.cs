using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3310: the whole context is copied before dependencies are installed.</summary>
internal static class SourceBeforeDependenciesCheck
{
    /// <summary>Finds them; one for a stage is enough.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var chain in input.Chains)
        {
            var copy = chain.Instructions.FirstOrDefault(instruction =>
                instruction.Keyword is "COPY" or "ADD" && input.SourcesOf(instruction).Any(CopiedPaths.IsWholeContext));
            if (copy is null)
            {
                continue;
            }

            var before = chain.Before(copy).ToList();
            var hit = (
                from instruction in chain.Stage.Instructions
                where instruction.Line > copy.Line
                from manager in PackageManager.All
                    // One that has run before has its dependencies: what comes now is a second look.
                where manager.Copy.Length > 0 && !before.Exists(earlier => manager.FindIn(earlier) is not null)
                let command = manager.FindIn(instruction)
                where command is not null
                select (instruction, manager, command)).FirstOrDefault();
            if (hit.instruction is not null)
            {
                yield return LayerCheckDiagnostics.SourceBeforeDependencies.At(
                    input.At(hit.instruction.Line, hit.instruction.EndLine), copy.Line, hit.command, hit.manager.Copy);
            }
        }
    }
}
