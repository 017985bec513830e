using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>Which checks run and what comes of them.</summary>
/// <param name="Level">Level of all checks.</param>
/// <param name="Enabled">Codes of checks that are off by default and wanted here.</param>
/// <param name="AdviceAsWarnings">Whether advice, a message in builds, is a warning: so in <c>BuildKitCheck</c>. Then checks
/// run, too, of what a build says itself.</param>
public sealed record LintSettings(LintLevel Level, IReadOnlyCollection<string> Enabled, bool AdviceAsWarnings = false)
{
    /// <summary>Warnings, and no check that is off by default.</summary>
    public static LintSettings Default { get; } = new(LintLevel.Warn, []);

    /// <summary>Reads <c>BuildKitLint</c> and <c>BuildKitLintRules</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <param name="adviceAsWarnings">Whether advice is a warning.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static LintSettings Of(ProjectSettings project, bool adviceAsWarnings = false) =>
        new(project.Choice("BuildKitLint", LintLevel.Warn), project.Choices("BuildKitLintRules"), adviceAsWarnings);

    /// <summary>What decides which checks hit, as a text: an image whose checks would hit now has changed.</summary>
    public string Identity => Level == LintLevel.Off ? "" : $"{Level}:{string.Join(',', Enabled.Order(StringComparer.Ordinal))}";

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
