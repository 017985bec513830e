using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>What is left when nothing better fits: the end of the connection, and any step or line that BuildKit names.</summary>
internal static class EngineErrorRulesFallback
{
    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new("context canceled$", (match, _) => EngineDiagnostics.BuildStopped.With(match.Value)),

        new(@"(?:^|[\s:])EOF$|transport is closing|connection reset by peer|code = Unavailable|server closed the stream|error reading from "
            + @"server|broken pipe|use of closed network connection|closing transport", (_, input) =>
            EngineDiagnostics.EngineGone.With(input.Text.Message.Replace("rpc error: code = Unavailable desc = ", "", StringComparison.Ordinal))),

        new(".", (_, input) => input.FailedStep is { IsInternal: false }
            ? DockerfileDiagnostics.StepFailed.At(input.Location, input.Instruction, input.Text.Message)
            : null),

        // A line without a failed step: the frontend refused the file before any step existed.
        new(".", (_, input) => input.Text.Line > 0 && input.FailedStep is null
            ? DockerfileDiagnostics.ParseError.At(input.Location, input.Text.Message)
            : null),
    ];
}
