using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Doctor;

/// <summary>How a line of the doctor's ends.</summary>
public enum FindingLevel
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>Builds work, but not as well as they could.</summary>
    Warning,

    /// <summary>Builds fail.</summary>
    Fault,
}

/// <summary>One line of the doctor's.</summary>
/// <param name="Check">What was looked at, one or two words.</param>
/// <param name="Text">What was found.</param>
/// <param name="Diagnostic">Code, text and remedy of a warning or fault; null when all is well.</param>
public sealed record DoctorFinding(string Check, string Text, Diagnostic? Diagnostic = null)
{
    /// <summary>How serious it is. A message is no trouble.</summary>
    public FindingLevel Level => Diagnostic?.Severity switch
    {
        DiagnosticSeverity.Error => FindingLevel.Fault,
        DiagnosticSeverity.Warning => FindingLevel.Warning,
        _ => FindingLevel.Ok,
    };

    /// <summary>What to do; empty when all is well.</summary>
    public string Remedy => Level == FindingLevel.Ok ? "" : Diagnostic!.Descriptor.Remedy;

    /// <summary>A line of what is wrong.</summary>
    public static DoctorFinding Of(string check, Diagnostic diagnostic) => new(check, diagnostic.Message, diagnostic);

    /// <summary>The line for people: level, check, text.</summary>
    public override string ToString()
    {
        var level = Level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warning", _ => "fault" };
        var code = Level == FindingLevel.Ok ? "" : Diagnostic!.Code + " ";
        return $"{level,-8} {Check,-12} {code}{Text}";
    }
}
