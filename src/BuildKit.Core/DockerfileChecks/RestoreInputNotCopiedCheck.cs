using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3302: a file that decides what restore does is not copied before it.</summary>
internal static class RestoreInputNotCopiedCheck
{
    /// <summary>Finds them. One that the ignore file leaves out is left out on purpose.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var projects = ProjectGraph.ProjectsOf(input.Project);
        return input.Context.Length == 0 || projects.Count == 0 ? [] :
            from point in RestorePoints.Of(input)
            from restored in RestoreInputs.Of(projects, input.Context)
            let path = input.InContext(restored.File)
            where path is not null && !point.Copied.Contains(path) && !input.Ignore.IsIgnored(path)
            select ProjectCheckDiagnostics.RestoreInputNotCopied.At(
                input.At(point.Instruction.Line, point.Instruction.EndLine),
                path, input.Project.FileName, restored.Effect, CopyLine.Of(path));
    }
}
