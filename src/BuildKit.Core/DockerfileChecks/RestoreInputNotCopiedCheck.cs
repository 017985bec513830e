using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3302: a file that decides what restore does is not copied before it.</summary>
internal static class RestoreInputNotCopiedCheck
{
    /// <summary>Finds them, all of a restore at once. One that the ignore file leaves out is left out on purpose.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var projects = ProjectGraph.ProjectsOf(input.Project);
        return input.Context.Length == 0 || projects.Count == 0 ? [] :
            from point in RestorePoints.Of(input)
            let missing = RestoreInputs.Of(projects, input.Context).Select(restored => (Path: input.InContext(restored.File), restored.Effect))
                .Where(restored => restored.Path is { } path && !point.Copied.Contains(path) && !input.Ignore.IsIgnored(path))
                .Select(restored => (Path: restored.Path!, restored.Effect)).ToList()
            where missing.Count > 0
            select ProjectCheckDiagnostics.RestoreInputNotCopied.At(
                input.At(point.Instruction.Line, point.Instruction.EndLine),
                string.Join(", ", missing.Select(one => one.Path)), input.Project.FileName, EffectsOf(missing),
                CopyLine.Of([.. missing.Select(one => one.Path)]), missing.Count == 1 ? "applies" : "apply", missing.Count == 1 ? "is" : "are");
    }

    private static string EffectsOf(IReadOnlyList<(string Path, string Effect)> missing) => missing.Count == 1 ? missing[0].Effect
        : string.Join("; ", missing.GroupBy(one => one.Effect).Select(same => $"{string.Join(" and ", same.Select(one => one.Path))}: {same.Key}"));
}
