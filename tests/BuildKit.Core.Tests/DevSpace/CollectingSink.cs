using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>Keeps what is reported.</summary>
internal sealed class CollectingSink : IDiagnosticSink
{
    public List<Diagnostic> Found { get; } = [];

    public void Report(Diagnostic diagnostic) => Found.Add(diagnostic);

    public bool Fails(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    public void Message(MessageLevel level, string text)
    {
    }
}
