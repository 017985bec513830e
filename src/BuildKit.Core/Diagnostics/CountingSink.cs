namespace BuildKit.Core.Diagnostics;

/// <summary>Hands everything on and knows whether there was an error, so that all of a file's errors are reported at once.</summary>
/// <param name="inner">Where everything goes.</param>
internal sealed class CountingSink(IDiagnosticSink inner) : IDiagnosticSink
{
    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        inner.Report(diagnostic);
    }

    /// <inheritdoc/>
    public bool Fails(Diagnostic diagnostic) => inner.Fails(diagnostic);

    /// <inheritdoc/>
    public void Message(MessageLevel level, string text) => inner.Message(level, text);
}
