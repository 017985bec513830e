using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Reports;

/// <summary>Hands everything on, and marks each error for the CI system.</summary>
/// <param name="inner">Where everything goes.</param>
/// <param name="log">The CI system's log.</param>
public sealed class CiErrorSink(IDiagnosticSink inner, CiLog log) : IDiagnosticSink
{
    /// <summary>
    /// The name of the logger that Azure's own .NET tasks add to MSBuild. It makes an issue of each error, so that ours would be
    /// the second; in a script step there is none.
    /// </summary>
    private const string LoggerOfAgent = "DistributedTask.MSBuild.Logger";

    /// <summary>The sink, with marks where the CI system has them and nothing else sets them.</summary>
    /// <param name="inner">Where everything goes.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="commandLine">Command line of MSBuild, which names its loggers.</param>
    public static IDiagnosticSink Around(IDiagnosticSink inner, BuildEnvironment environment, string commandLine)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        return CiLog.Of(environment) is { } log && !commandLine.Contains(LoggerOfAgent, StringComparison.OrdinalIgnoreCase)
            ? new CiErrorSink(inner, log)
            : inner;
    }

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        inner.Report(diagnostic);
        if (diagnostic.Severity == DiagnosticSeverity.Error && log.ErrorMark(diagnostic) is { } mark)
        {
            inner.Message(MessageLevel.Important, mark);
        }
    }

    /// <inheritdoc/>
    public bool Fails(Diagnostic diagnostic) => inner.Fails(diagnostic);

    /// <inheritdoc/>
    public void Message(MessageLevel level, string text) => inner.Message(level, text);
}
