using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>One line for each step when it ends, and the output of its command for those who want all.</summary>
/// <param name="sink">Where the lines go.</param>
/// <param name="stepLevel">Level of the line of a step that ran; a cached one is a detail.</param>
public sealed class StepLines(IDiagnosticSink sink, MessageLevel stepLevel)
{
    /// <summary>Tells that a step ended.</summary>
    public void Finished(BuildStep step)
    {
        if (step.IsCached)
        {
            sink.Message(MessageLevel.Detail, $"  {step.Name}  cached");
        }
        else if (step.Error is null)
        {
            sink.Message(step.IsInternal ? MessageLevel.Detail : stepLevel, $"  {step.Name}  {Quantity.Seconds(step.Duration.TotalSeconds)}");
        }
    }

    /// <summary>Tells a line that a step wrote.</summary>
    public void Output(BuildStep step, string line) => sink.Message(MessageLevel.Detail, $"    {line}");
}
