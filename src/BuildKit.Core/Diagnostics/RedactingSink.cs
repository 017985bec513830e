namespace BuildKit.Core.Diagnostics;

/// <summary>A sink that lets no secret through.</summary>
/// <param name="inner">Where the text goes.</param>
/// <param name="redactor">What is taken out of it.</param>
public sealed class RedactingSink(IDiagnosticSink inner, SecretRedactor redactor) : IDiagnosticSink
{
    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic) => inner.Report(redactor.Redact(diagnostic));

    /// <inheritdoc/>
    public bool Fails(Diagnostic diagnostic) => inner.Fails(diagnostic);

    /// <inheritdoc/>
    public void Message(MessageLevel level, string text) => inner.Message(level, redactor.Redact(text));
}
