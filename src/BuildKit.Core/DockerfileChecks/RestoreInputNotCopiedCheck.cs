using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3302: a file that decides what restore does is not copied before it.</summary>
internal static class RestoreInputNotCopiedCheck
{
    /// <summary>Finds them. One that the ignore file leaves out is left out on purpose.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var projects = ProjectGraph.ProjectsOf(scene.Project);
        return scene.Context.Length == 0 || projects.Count == 0 ? [] :
            from point in RestorePoints.Of(scene)
            from input in RestoreInputs.Of(projects, scene.Context)
            let path = scene.InContext(input.File)
            where path is not null && !point.Copied.Contains(path) && !scene.Ignore.IsIgnored(path)
            select ProjectCheckDiagnostics.RestoreInputNotCopied.At(
                scene.At(point.Instruction.Line, point.Instruction.EndLine),
                path, scene.Project.FileName, input.Effect, CopyLine.Of(path));
    }
}
