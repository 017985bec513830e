using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3308: a referenced project lies outside the build context, so that no COPY can bring it.</summary>
internal static class ProjectOutsideContextCheck
{
    /// <summary>Finds it, at the first step that builds; one is enough.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var projects = ProjectGraph.ProjectsOf(input.Project);
        if (input.Context.Length == 0 || projects.Count == 0 || input.InContext(projects[0]) is null)
        {
            yield break;
        }

        var outside = projects.FirstOrDefault(project => input.InContext(project) is null);
        var step = input.Chains.SelectMany(chain => chain.Instructions)
            .FirstOrDefault(instruction => RunCommands.Dotnet(instruction).Any()
                && RestorePoints.MeansProject(instruction, input.Project.ProjectFile));
        // A named context or another stage may bring it.
        if (outside is not null && step is not null && !input.Dockerfile.Instructions.Any(BringsOther))
        {
            yield return ProjectCheckDiagnostics.ProjectOutsideContext.At(
                input.At(step.Line, step.EndLine), input.Project.FileName, Path.GetFileName(outside), input.Context,
                CommonFolder(input.Context, outside));
        }

        bool BringsOther(Dockerfiles.DockerfileInstruction instruction) =>
            (instruction.FlagValue("from") is { } from && input.Dockerfile.FindStage(from) is null)
            || Mounts.Of(instruction).Any(mount => mount.From.Length > 0 && input.Dockerfile.FindStage(mount.From) is null);
    }

    private static string CommonFolder(string context, string project)
    {
        var folder = context;
        while (Path.GetDirectoryName(folder) is { } parent
            && !project.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            folder = parent;
        }

        return folder;
    }
}
