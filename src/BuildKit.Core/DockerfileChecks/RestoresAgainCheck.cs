using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3306: build or publish restores again after a restore.</summary>
internal static class RestoresAgainCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var chain in input.Chains)
        {
            var restore = chain.Instructions.FirstOrDefault(RunCommands.Restores);
            // Stages that start from another one share its instructions: each is reported once, in the stage it is written in.
            foreach (var instruction in restore is null ? [] : chain.Stage.Instructions.Where(own => own.Line > restore.Line))
            {
                foreach (var (verb, words) in RunCommands.Dotnet(instruction))
                {
                    // BK3307 says of such a step what to write, this included.
                    if (verb is "build" or "publish" && !RestoreOutcome.IsWithoutRestore(words)
                        && !CacheMountHidesLayerCheck.Hides(restore!, instruction))
                    {
                        yield return ProjectCheckDiagnostics.RestoresAgain.At(
                            input.At(instruction.Line, instruction.EndLine), verb, restore!.Line, words.Length == 0 ? "" : " " + words);
                    }
                }
            }
        }
    }
}
