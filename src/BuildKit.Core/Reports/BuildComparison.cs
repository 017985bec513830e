using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Reports;

/// <summary>Compares a build with the previous one of the same image: which steps ran again, and why.</summary>
internal static class BuildComparison
{
    /// <summary>How many changed files are named.</summary>
    public const int FilesShown = 50;

    /// <summary>Begins the reason of a step that another one made run.</summary>
    internal const string Follows = "A step before it had to run";

    /// <summary>Makes the comparison.</summary>
    /// <param name="current">This build.</param>
    /// <param name="previous">The report of the previous one.</param>
    /// <param name="files">Files that changed since.</param>
    public static BuildChanges Of(BuildReport current, BuildReport previous, IReadOnlyList<FileChange> files)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(previous);
        var known = new Earlier(previous);
        var ran = current.Steps.Where(step => step.Kind is "run" or "failed").ToList();
        var changes = ran.Select(step => new StepChange(step.Id, Reason(step, current, known, files))).ToList();
        // How long buildx takes to start says more of the machine than of the build.
        var slower = current.Steps.Where(step => step.Kind is "run" or "internal" && !ReportSteps.IsOwn(step)
            && known.Of(step) is { Took: > 0 } before && before.Kind == step.Kind && step.Took > before.Took * 1.2);
        return new BuildChanges(previous.Image.Seconds, previous.Started, [.. files.Take(FilesShown)], Math.Max(0, files.Count - FilesShown), changes)
        {
            Slower = [.. slower.Select(step => new SlowerStep(step.Id, known.Of(step)!.Took))],
        };
    }

    /// <summary>Files that are not the same in two tables of hashes; paths in the context are shortened.</summary>
    /// <param name="before">Full path of the earlier table.</param>
    /// <param name="after">Full path of the later one.</param>
    /// <param name="context">The context.</param>
    public static IReadOnlyList<FileChange> Files(string before, string after, string context)
    {
        var (old, now) = (FileTableFormat.TryRead(before, out _), FileTableFormat.TryRead(after, out _));
        if (old is null || now is null)
        {
            return [];
        }

        var changes = now.Where(pair => !old.TryGetValue(pair.Key, out var entry) || !entry.Hash.AsSpan().SequenceEqual(pair.Value.Hash))
            .Select(pair => new FileChange(Shortened(pair.Key, context), old.ContainsKey(pair.Key) ? "changed" : "added"))
            .Concat(old.Keys.Where(path => !now.ContainsKey(path)).Select(path => new FileChange(Shortened(path, context), "removed")));
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static string Reason(ReportStep step, BuildReport current, Earlier before, IReadOnlyList<FileChange> files)
    {
        if (before.Of(step)?.Kind is not { } earlierKind)
        {
            return "The instruction is new or was changed.";
        }

        if (earlierKind is "failed" or "canceled" or "waiting")
        {
            return earlierKind == "failed" ? "It failed in the previous build." : "The previous build ended before it was done.";
        }

        if (step.Inputs.Select(id => current.Steps[id]).FirstOrDefault(input => input.Kind is "run" or "failed") is { } earlier)
        {
            return $"{Follows}: {earlier.Name}";
        }

        if (step.Inputs.Select(id => current.Steps[id]).FirstOrDefault(input => input.Kind == "base" && before.Of(input) is null) is { } image)
        {
            return $"The base image is another one: {image.Instruction}";
        }

        var copied = Copied(step.Instruction, files);
        var more = copied.Count > 3 ? $" and {copied.Count - 3} more" : "";
        return copied.Count > 0
            ? $"It copies what changed: {string.Join(", ", copied.Take(3).Select(file => file.Path))}{more}"
            : "Its result was in no cache: pruned, never written, or from another machine.";
    }

    private static List<FileChange> Copied(string instruction, IReadOnlyList<FileChange> files)
    {
        var sources = Dockerfile.Parse("", "FROM scratch\n" + instruction.ReplaceLineEndings(" ")).Instructions.Skip(1)
            .SelectMany(one => CopySources.Of(one, '\\')).ToList();
        var paths = new CopiedPaths(sources);
        return sources.Count == 0 ? [] : [.. files.Where(file => paths.Contains(file.Path))];
    }

    /// <summary>The steps of an earlier build.</summary>
    private sealed class Earlier(BuildReport report)
    {
        private readonly Dictionary<string, ReportStep> steps = report.Steps
            .SelectMany(step => new[] { (Key: Key(step, step.Platform), step), (Key: Key(step, ""), step) })
            .GroupBy(pair => pair.Key).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().step);

        /// <summary>The same step; under which platform's name a shared one stands is chance.</summary>
        internal ReportStep? Of(ReportStep step) => steps.GetValueOrDefault(Key(step, step.Platform)) ?? steps.GetValueOrDefault(Key(step, ""));

        private static string Key(ReportStep step, string platform) => $"{platform}\0{step.Stage}\0{step.Instruction}";
    }

    private static string Shortened(string path, string context) =>
        context.Length > 0 && PathRules.Here.Below(path, context) is { Length: > 0 } relative ? relative : path;
}
