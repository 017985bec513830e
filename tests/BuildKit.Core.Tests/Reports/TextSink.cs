using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Reports;

/// <summary>Keeps what is told, with a letter for its level.</summary>
internal sealed class TextSink : IDiagnosticSink
{
    public List<string> Lines { get; } = [];

    public void Report(Diagnostic diagnostic) => Lines.Add($"{diagnostic.Code} {diagnostic.Message}");

    public bool Fails(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    public void Message(MessageLevel level, string text) => Lines.Add($"{level.ToString()[0]} {text}");
}
