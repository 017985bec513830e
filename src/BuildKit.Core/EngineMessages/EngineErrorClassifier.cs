using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>Finds what went wrong in a run of buildx: the cause, its line, and what to do.</summary>
internal static class EngineErrorClassifier
{
    // From the special to the general; the first that answers is the one. A command of a RUN step is quoted in the
    // error and may hold any text, so RUN comes first.
    private static readonly EngineErrorRule[] Rules =
    [
        .. EngineErrorRulesStall.All,
        .. EngineErrorRulesRun.All,
        .. EngineErrorRulesStart.All,
        .. EngineErrorRulesEngine.All,
        .. EngineErrorRulesDockerfile.All,
        .. EngineErrorRulesImage.All,
        .. EngineErrorRulesResult.All,
        .. EngineErrorRulesFallback.All,
    ];

    /// <summary>Finds what went wrong.</summary>
    /// <param name="failure">How the run ended.</param>
    /// <param name="context">What the caller knows about it.</param>
    /// <param name="cancelledByCaller">Whether the caller ended the run itself; then nothing is wrong.</param>
    /// <returns>
    /// Empty for exit code 0 and for a run that the caller ended, else one diagnostic of severity error. Checks of the
    /// Dockerfile are not among them, see <see cref="LintWarnings"/>.
    /// </returns>
    public static IReadOnlyList<Diagnostic> Classify(
        BuildxResult failure, FailureContext context, bool cancelledByCaller = false)
    {
        if (failure.ExitCode == 0 || cancelledByCaller)
        {
            return [];
        }

        var input = new EngineErrorInput(failure, context);
        return [Cause(input) ?? Unknown(input)];
    }

    /// <summary>
    /// The registry whose refusal is the cause; null for any other cause. Which login it was shown is worth a question then, and
    /// only then, since a helper program may be started for it.
    /// </summary>
    /// <param name="failure">How the run ended.</param>
    /// <param name="context">What the caller knows about it.</param>
    public static string? RefusingRegistry(BuildxResult failure, FailureContext context)
    {
        var input = new EngineErrorInput(failure, context);
        _ = Cause(input);
        return input.RefusingRegistry;
    }

    private static Diagnostic? Cause(EngineErrorInput input) => Rules.Select(rule => rule.Apply(input)).FirstOrDefault(found => found is not null);

    private static Diagnostic Unknown(EngineErrorInput input) =>
        EngineDiagnostics.EngineError.At(
            input.Text.Line > 0 ? input.Location : null,
            input.Text.Message.Length > 0
                ? input.Text.Message
                : $"nothing, but buildx ended with exit code {input.Failure.ExitCode}");
}
