using System.Globalization;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>Finds the line of a step: BuildKit names stage and number only.</summary>
/// <param name="dockerfile">The Dockerfile.</param>
internal sealed class StepLineNumbers(Dockerfile dockerfile)
{
    // Only these become steps with a number.
    private static readonly string[] Counted = ["RUN", "COPY", "ADD", "WORKDIR"];

    /// <summary>The line, from 1; 0 when it is not certain.</summary>
    public int Of(BuildStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.IsInternal || StageOf(step.Stage) is not { } stage)
        {
            return 0;
        }

        var own = stage.Instructions.Where(instruction => Counted.Contains(instruction.Keyword)).ToList();
        // FROM is counted where it names an image, and not where it names a stage.
        var index = step.Position - 1 - (step.Count - own.Count);
        return index < 0 ? (step.IsBaseImage ? stage.Line : 0)
            : index < own.Count && step.Instruction.StartsWith(own[index].Keyword, StringComparison.OrdinalIgnoreCase) ? own[index].Line
            : 0;
    }

    private DockerfileStage? StageOf(string? name) =>
        name is null ? (dockerfile.Stages.Count == 1 ? dockerfile.Stages[0] : null)
        : name.StartsWith("stage-", StringComparison.Ordinal)
            && int.TryParse(name[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < dockerfile.Stages.Count ? dockerfile.Stages[index]
        : dockerfile.FindStage(name);
}
