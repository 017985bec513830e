using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3301: a project of the reference closure is not copied before restore.</summary>
internal static class ProjectNotCopiedCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input) =>
        from point in RestorePoints.Of(input)
        from project in ProjectGraph.ProjectsOf(input.Project).Skip(1)
        let path = input.InContext(project)
        where path is not null && !point.Copied.Contains(path)
        select ProjectCheckDiagnostics.ProjectNotCopied.At(
            input.At(point.Instruction.Line, point.Instruction.EndLine),
            input.Project.FileName, path, OutcomeOf(input, point), CopyLine.Of(path));

    private static string OutcomeOf(CheckInput input, RestorePoint point) =>
        RestoreOutcome.LineThatNeedsIt(input, point.Instruction) is > 0 and var line
            ? $"the step in line {line.ToString(CultureInfo.InvariantCulture)} then fails, since it does not restore (NETSDK1004)"
            : "the image is only slower to build: its packages are downloaded in a later step, after every change of the source";
}
