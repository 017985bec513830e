using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>A failed run with everything that a rule may want to look at.</summary>
internal sealed class EngineErrorInput
{
    internal EngineErrorInput(BuildxResult failure, FailureContext context)
    {
        Failure = failure;
        Context = context;
        Text = EngineErrorText.Parse(failure.ErrorLines);
        FailedStep = FindFailedStep();
    }

    internal BuildxResult Failure { get; }

    internal FailureContext Context { get; }

    internal EngineErrorText Text { get; }

    /// <summary>The step whose error ended the build; null when none did.</summary>
    internal BuildStep? FailedStep { get; }

    /// <summary>The registry that refused something, once a rule has found that this is the cause; null before and otherwise.</summary>
    internal string? RefusingRegistry { get; private set; }

    /// <summary>The line concerned, or the file alone; null when there is no Dockerfile of the user's.</summary>
    internal SourceLocation? Location =>
        Context.DockerfilePath is { } path ? new SourceLocation(path, Text.Line, EndLine: Text.EndLine) : null;

    /// <summary>The instruction that failed, for example <c>COPY a b</c>.</summary>
    internal string Instruction =>
        FailedStep is { IsInternal: false } step ? step.Instruction
        : Text.SourceLine.Length > 0 ? Text.SourceLine
        : "A step";

    /// <summary>Host to log in to for a reference.</summary>
    internal static string RegistryOf(string reference) =>
        ImageReference.TryParse(reference) is { Registry.Length: > 0 } parsed ? parsed.Registry : "docker.io";

    /// <summary>Why a registry refused something, and whether it was shown a login.</summary>
    internal string Refusal(string reason, string reference)
    {
        RefusingRegistry = RegistryOf(reference);
        return Context.Login.Length > 0 ? $"{reason}; {Context.Login}" : reason;
    }

    /// <summary>The credential helper that gave no login for a registry that refuses something; null when that is not the cause.</summary>
    internal Diagnostic? HelperFault(string reference) => Context.HelperFault.Length == 0 ? null
        : EngineDiagnostics.CredentialHelperFailed.With(RegistryOf(reference), Context.HelperFault);

    private BuildStep? FindFailedStep()
    {
        var failed = Failure.Graph.Steps
            .Where(step => step.Error is not null && !step.Error.EndsWith("context canceled", StringComparison.Ordinal))
            .ToList();
        // Failed reads and tolerated writes of caches have errors as well; only the cause of death is in the last words.
        return failed.Find(step => Text.Raw.Contains(step.Error!, StringComparison.Ordinal))
            ?? failed.FindLast(step => !step.IsInternal);
    }
}
