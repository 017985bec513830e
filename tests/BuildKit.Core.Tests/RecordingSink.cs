using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests;

/// <summary>Keeps what was told.</summary>
internal sealed class RecordingSink : IDiagnosticSink
{
    public List<Diagnostic> Diagnostics { get; } = [];

    public List<string> Messages { get; } = [];

    public void Report(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);

    public void Message(MessageLevel level, string text) => Messages.Add(text);
}
