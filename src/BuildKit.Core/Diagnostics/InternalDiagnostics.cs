using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK9xxx: internal errors.</summary>
public static class InternalDiagnostics
{
    /// <summary>An exception nobody expected.</summary>
    public static readonly DiagnosticDescriptor Unexpected = new(
        "BK9001", Error, "A fault of BuildKit.Tasks",
        "BuildKit.Tasks failed with an internal error ({0}: {1}). Please report it, with the log of \"-v:d\".",
        "A case that nobody thought of.",
        "Report it.");
}
