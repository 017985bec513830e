using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests;

/// <summary>Keeps what was told, in order.</summary>
internal sealed class RecordingSink : IDiagnosticSink
{
    public List<Diagnostic> Diagnostics { get; } = [];

    public List<(MessageLevel Level, string Text)> Messages { get; } = [];

    public IEnumerable<string> Codes => Diagnostics.Select(diagnostic => diagnostic.Code);

    /// <summary>Every text that left the core.</summary>
    public string AllText => string.Join('\n', Messages.Select(message => message.Text).Concat(Diagnostics.Select(diagnostic => diagnostic.Message)));

    public void Report(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);

    public bool Fails(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    public void Message(MessageLevel level, string text) => Messages.Add((level, text));
}
