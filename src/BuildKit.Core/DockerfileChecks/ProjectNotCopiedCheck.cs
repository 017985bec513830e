using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3301: a project of the reference closure is not copied before restore.</summary>
public static class ProjectNotCopiedCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene) =>
        from point in RestorePoints.Of(scene)
        from project in ProjectGraph.ProjectsOf(scene.Project).Skip(1)
        let path = scene.InContext(project)
        where path is not null && !point.Copied.Contains(path)
        select ProjectCheckDiagnostics.ProjectNotCopied.At(
            scene.At(point.Instruction.Line, point.Instruction.EndLine),
            Path.GetFileName(scene.Project.ProjectFile), path, CopyLine.Of(path));
}
