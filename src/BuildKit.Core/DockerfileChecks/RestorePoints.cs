using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>A step that restores the project, and what of the context is there when it runs.</summary>
/// <param name="Chain">Its stage.</param>
/// <param name="Instruction">The RUN.</param>
/// <param name="Copied">What is there.</param>
internal sealed record RestorePoint(StageChain Chain, DockerfileInstruction Instruction, CopiedPaths Copied);

/// <summary>Finds the steps that restore the project.</summary>
internal static class RestorePoints
{
    /// <summary>The first restore of each stage of which can be said what it finds.</summary>
    public static IEnumerable<RestorePoint> Of(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var seen = new HashSet<DockerfileInstruction>(ReferenceEqualityComparer.Instance);
        foreach (var chain in input.Chains)
        {
            var restore = chain.Instructions.FirstOrDefault(RunCommands.Restores);
            if (restore is null || input.Project.ProjectFile.Length == 0 || !seen.Add(restore) || !MeansProject(restore, input.Project.ProjectFile))
            {
                continue;
            }

            var before = chain.Before(restore).ToList();
            // What another stage prepared cannot be seen from here, nor what a command fetched.
            if (!before.Exists(instruction => instruction.Keyword is "COPY" or "ADD" && instruction.FlagValue("from") is not null)
                && !Mounts.Of(restore).Any(mount => mount.Type == "bind"))
            {
                yield return new RestorePoint(chain, restore, new CopiedPaths(before.SelectMany(input.SourcesOf)));
            }
        }
    }

    /// <summary>Whether a step may build the project: it names it, or a solution, or nothing.</summary>
    internal static bool MeansProject(DockerfileInstruction step, string projectFile) =>
        RunCommands.Dotnet(step).Any(command =>
            command.Words.Contains(Path.GetFileName(projectFile), StringComparison.OrdinalIgnoreCase)
            || command.Words.Contains(".sln", StringComparison.OrdinalIgnoreCase)
            || !command.Words.Contains("proj", StringComparison.OrdinalIgnoreCase));
}
