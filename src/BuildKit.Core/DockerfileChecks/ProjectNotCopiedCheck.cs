using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3301: a project of the reference closure is not copied before restore.</summary>
internal static class ProjectNotCopiedCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene) =>
        from point in RestorePoints.Of(scene)
        from project in ProjectGraph.ProjectsOf(scene.Project).Skip(1)
        let path = scene.InContext(project)
        where path is not null && !point.Copied.Contains(path)
        select ProjectCheckDiagnostics.ProjectNotCopied.At(
            scene.At(point.Instruction.Line, point.Instruction.EndLine),
            scene.Project.FileName, path, OutcomeOf(scene, point), CopyLine.Of(path));

    private static string OutcomeOf(CheckScene scene, RestorePoint point) =>
        RestoreOutcome.LineThatNeedsIt(scene, point.Instruction) is > 0 and var line
            ? $"the step in line {line.ToString(CultureInfo.InvariantCulture)} then fails, since it does not restore (NETSDK1004)"
            : "the image is only slower to build: its packages are downloaded in a later step, after every change of the source";
}
