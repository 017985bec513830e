using Microsoft.Build.Logging.StructuredLogger;

namespace BuildKit.Testing;

/// <summary>An error or warning of a build.</summary>
public sealed record LoggedDiagnostic(string Code, string File, int Line, string Text);

/// <summary>An item that a task left.</summary>
public sealed record LoggedItem(string Name, IReadOnlyDictionary<string, string> Metadata);

/// <summary>What a build did, from its binary log.</summary>
/// <param name="path">The log.</param>
public sealed class Binlog(string path)
{
    // The reader fills tables of the process when it is first used: two tests that read at once can get a log without its builds.
    private static readonly Lock Reading = new();

    private readonly Build build = Read(path);

    /// <summary>Names of the targets that ran, each as often as it ran.</summary>
    public IReadOnlyList<string> Targets => [.. All<Target>().Where(target => !target.Skipped && target.Succeeded).Select(target => target.Name)];

    /// <summary>Names of all targets that the log lists, those that were skipped too.</summary>
    public IReadOnlyList<string> ListedTargets => [.. All<Target>().Select(target => target.Name)];

    /// <summary>Names of the tasks that ran.</summary>
    public IReadOnlyList<string> Tasks => [.. All<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.Name)];

    /// <summary>How long all runs of a task took.</summary>
    public TimeSpan TimeOf(string task) =>
        TimeSpan.FromTicks(All<Microsoft.Build.Logging.StructuredLogger.Task>().Where(one => one.Name == task).Sum(one => one.Duration.Ticks));

    /// <summary>Files from which tasks were loaded.</summary>
    public IReadOnlyList<string> TaskAssemblies =>
        [.. All<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.FromAssembly ?? "").Distinct()];

    /// <summary>Errors.</summary>
    public IReadOnlyList<LoggedDiagnostic> Errors =>
        [.. All<Error>().Select(error => new LoggedDiagnostic(error.Code ?? "", error.File ?? "", error.LineNumber, error.Text)).Distinct()];

    /// <summary>Warnings.</summary>
    public IReadOnlyList<LoggedDiagnostic> Warnings =>
        [.. All<Warning>().Select(warning => new LoggedDiagnostic(warning.Code ?? "", warning.File ?? "", warning.LineNumber, warning.Text))
            .Distinct()];

    /// <summary>Messages of tasks and targets.</summary>
    public IReadOnlyList<string> Messages => [.. All<Message>().Select(message => message.Text)];

    /// <summary>The items of an output of a task, as the structured log viewer shows them below it: name and metadata of each.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="type">Type of the items.</param>
    /// <returns>Those of each run of the task.</returns>
    public IReadOnlyList<IReadOnlyList<LoggedItem>> OutputsOf(string task, string type) =>
        [.. All<Microsoft.Build.Logging.StructuredLogger.Task>().Where(one => one.Name == task).Select(one => one.Children.OfType<Folder>()
            .Where(folder => folder.Name == "OutputItems").SelectMany(folder => folder.Children.OfType<NamedNode>()).Where(node => node.Name == type)
            .SelectMany(node => node.Children.OfType<Item>())
            .Select(item => new LoggedItem(item.Text,
                item.Children.OfType<Metadata>().ToDictionary(metadata => metadata.Name, metadata => metadata.Value))).ToList())];

    private static Build Read(string path)
    {
        lock (Reading)
        {
            var build = BinaryLog.ReadBuild(path);
            // What it cannot read it tells in the tree, which then has nothing else.
            return build.FindChildrenRecursive<Error>()
                .FirstOrDefault(error => error.Text.Contains("opening the log file", StringComparison.Ordinal)) is { } error
                ? throw new InvalidDataException($"{path} cannot be read: {error.Text}")
                : build;
        }
    }

    private List<T> All<T>()
        where T : BaseNode
    {
        var nodes = new List<T>();
        build.VisitAllChildren<T>(nodes.Add);
        return nodes;
    }
}
