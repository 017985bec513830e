using Microsoft.Build.Logging.StructuredLogger;

namespace BuildKit.Testing;

/// <summary>An error or warning of a build.</summary>
public sealed record LoggedDiagnostic(string Code, string File, int Line, string Text);

/// <summary>What a build did, from its binary log.</summary>
/// <param name="path">The log.</param>
public sealed class Binlog(string path)
{
    private readonly Build build = BinaryLog.ReadBuild(path);

    /// <summary>Names of the targets that ran, each as often as it ran.</summary>
    public IReadOnlyList<string> Targets => [.. All<Target>().Where(target => !target.Skipped && target.Succeeded).Select(target => target.Name)];

    /// <summary>Names of all targets that the log lists, those that were skipped too.</summary>
    public IReadOnlyList<string> ListedTargets => [.. All<Target>().Select(target => target.Name)];

    /// <summary>Names of the tasks that ran.</summary>
    public IReadOnlyList<string> Tasks => [.. All<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.Name)];

    /// <summary>How long a task took that ran once.</summary>
    public TimeSpan DurationOf(string task) => All<Microsoft.Build.Logging.StructuredLogger.Task>().Single(one => one.Name == task).Duration;

    /// <summary>Files from which tasks were loaded.</summary>
    public IReadOnlyList<string> TaskAssemblies =>
        [.. All<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.FromAssembly ?? "").Distinct()];

    /// <summary>Errors.</summary>
    public IReadOnlyList<LoggedDiagnostic> Errors =>
        [.. All<Error>().Select(error => new LoggedDiagnostic(error.Code ?? "", error.File ?? "", error.LineNumber, error.Text)).Distinct()];

    /// <summary>Warnings.</summary>
    public IReadOnlyList<LoggedDiagnostic> Warnings =>
        [.. All<Warning>().Select(warning => new LoggedDiagnostic(warning.Code ?? "", warning.File ?? "", warning.LineNumber, warning.Text)).Distinct()];

    /// <summary>Messages of tasks and targets.</summary>
    public IReadOnlyList<string> Messages => [.. All<Message>().Select(message => message.Text)];

    private List<T> All<T>()
        where T : BaseNode
    {
        var nodes = new List<T>();
        build.VisitAllChildren<T>(nodes.Add);
        return nodes;
    }
}
