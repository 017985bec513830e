using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>Which checks run and what comes of them.</summary>
/// <param name="Level">Level of all checks.</param>
/// <param name="Enabled">Codes of checks that are off by default and wanted here.</param>
/// <param name="AdviceAsWarnings">Whether advice, a message in builds, is a warning: so in <c>BuildKitCheck</c>. Then checks run, too, of what a build says itself.</param>
public sealed record LintSettings(LintLevel Level, IReadOnlyCollection<string> Enabled, bool AdviceAsWarnings = false)
{
    /// <summary>Warnings, and no check that is off by default.</summary>
    public static LintSettings Default { get; } = new(LintLevel.Warn, []);

    /// <summary>The diagnostic with the severity that it has under these settings.</summary>
    public Diagnostic Apply(Diagnostic diagnostic) => diagnostic with
    {
        Severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Message when AdviceAsWarnings => DiagnosticSeverity.Warning,
            DiagnosticSeverity.Warning when Level == LintLevel.Error => DiagnosticSeverity.Error,
            var severity => severity,
        },
    };
}
