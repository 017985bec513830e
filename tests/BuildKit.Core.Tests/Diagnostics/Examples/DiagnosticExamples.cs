using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>
/// An example of each diagnostic, made by its own catalogue entry from arguments as they occur, so that the diagnostics
/// page cannot show a text that no build writes.
/// </summary>
public static class DiagnosticExamples
{
    private static readonly Dictionary<string, Diagnostic> All = new[]
    {
        EngineExamples.All, BuilderExamples.All, DoctorExamples.All, MachineExamples.All, PropertyExamples.All, DockerfileExamples.All,
        LintExamples.All, CheckExamples.All,
        CacheExamples.All, ResultExamples.All, DevSpaceExamples.All, BakeExamples.All,
    }.SelectMany(examples => examples).ToDictionary(example => example.Code, StringComparer.Ordinal);

    /// <summary>The example of a code; null when it has none.</summary>
    public static Diagnostic? Of(string code) => All.GetValueOrDefault(code);

    /// <summary>The text as MSBuild's console logger writes it: place, severity, code and message.</summary>
    public static string Line(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var place = diagnostic.Location is not { } at ? ""
            : at.Line == 0 ? at.File + " : "
            : at.Column == 0 ? string.Create(CultureInfo.InvariantCulture, $"{at.File}({at.Line}): ")
            : string.Create(CultureInfo.InvariantCulture, $"{at.File}({at.Line},{at.Column}): ");
        return diagnostic.Severity == DiagnosticSeverity.Message && diagnostic.Location is not { Line: > 0 }
            ? $"{diagnostic.Code}: {diagnostic.Message}"
            : $"{place}{Name(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}";
    }

    /// <summary>What MSBuild calls a severity.</summary>
    public static string Name(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "message",
    };
}
