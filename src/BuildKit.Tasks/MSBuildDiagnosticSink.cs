using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BuildKit.Tasks;

/// <summary>Hands diagnostics and messages to MSBuild's loggers.</summary>
/// <param name="log">The task's log.</param>
/// <param name="projectFile">Where a diagnostic without a place of its own is shown; MSBuild would name a file of this package.</param>
/// <param name="engine">The engine, which knows the user's WarningsAsErrors.</param>
/// <param name="commandLine">MSBuild's command line.</param>
internal sealed partial class MSBuildDiagnosticSink(TaskLoggingHelper log, string projectFile, IBuildEngine engine,
    string commandLine) : IDiagnosticSink
{
    // MSBuild's log may be called from any thread, but one line at a time.
    private readonly object gate = new();

    private readonly List<string> result = [];

    // With -v:d any other logger takes messages of every importance, MSBuild's terminal logger only those of the highest.
    private readonly bool isDetailedTerminal = DetailedVerbosity().IsMatch(commandLine) && !log.LogsMessagesOfImportance(MessageImportance.Normal);

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic)
    {
        var place = DockerfileOrigin.Of(diagnostic.Location ?? new SourceLocation(""));
        var file = place.File.Length == 0 ? projectFile : place.File;
        var importance = diagnostic.Descriptor.ShownByDefault ? MessageImportance.High : MessageImportance.Normal;
        var help = diagnostic.HelpLink ?? HelpPage.Link(diagnostic.Code);
        lock (gate)
        {
            switch (diagnostic.Severity)
            {
                case DiagnosticSeverity.Error:
                    log.LogError(null, diagnostic.Code, null, help, file, place.Line, place.Column, place.EndLine, 0, "{0}", diagnostic.Message);
                    break;
                case DiagnosticSeverity.Warning:
                    log.LogWarning(null, diagnostic.Code, null, help, file, place.Line, place.Column, place.EndLine, 0, "{0}", diagnostic.Message);
                    break;
                case DiagnosticSeverity.Message when place.Line == 0:
                    log.LogMessage(importance, "{0}: {1}", diagnostic.Code, diagnostic.Message);
                    break;
                default:
                    log.LogMessage(null, diagnostic.Code, help, file, place.Line, place.Column, place.EndLine, 0, importance, "{0}",
                        diagnostic.Message);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public bool Fails(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && engine is IBuildEngine8 asked && asked.ShouldTreatWarningAsError(diagnostic.Code));

    /// <inheritdoc/>
    public void Message(MessageLevel level, string text)
    {
        var importance = level switch
        {
            _ when isDetailedTerminal => MessageImportance.High,
            MessageLevel.Important => MessageImportance.High,
            MessageLevel.Normal => MessageImportance.Normal,
            _ => MessageImportance.Low,
        };
        lock (gate)
        {
            if (level == MessageLevel.Result)
            {
                result.Add(text);
            }
            else if (log.LogsMessagesOfImportance(importance))
            {
                log.LogMessage(importance, "{0}", text);
            }
        }
    }

    /// <summary>
    /// Shows the result, if there is one, as one message in the form that MSBuild gives the outputs of projects: its terminal logger shows
    /// nothing else by default, below the project's name, and all other loggers show it as it is.
    /// </summary>
    public void ShowResult()
    {
        lock (gate)
        {
            if (result.Count > 0)
            {
                log.LogMessage(MessageImportance.High, "{0} -> {1}", Path.GetFileNameWithoutExtension(projectFile), string.Join("\n    ", result));
                result.Clear();
            }
        }
    }

    [GeneratedRegex(@"\s[-/]{1,2}(?:v|verbosity)[:=\s](?:d|detailed|diag|diagnostic)(?:\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DetailedVerbosity();
}
