namespace BuildKit.Core.Diagnostics;

/// <summary>Ends an operation with a diagnostic; the one way in which the core refuses to go on.</summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>Makes the exception for one or more diagnostics.</summary>
    public DiagnosticException(params Diagnostic[] diagnostics)
        : base(string.Join('\n', diagnostics.Select(d => $"{d.Code}: {d.Message}"))) => Diagnostics = diagnostics;

    /// <summary>What is wrong, in the order found.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
