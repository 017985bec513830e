namespace BuildKit.Core.Processes;

/// <summary>A call of Docker's command line.</summary>
/// <param name="Arguments">Arguments as a list; no shell reads them.</param>
/// <param name="WorkingDirectory">Full path of the folder to run in.</param>
public sealed record DockerCommand(IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>
    /// Full path of the plugin that the first argument names, to be started itself: Docker's command line would start it
    /// as a second process and only wait for it. Empty to go through Docker's command line.
    /// </summary>
    public string PluginPath { get; init; } = "";

    /// <summary>Variables set for this call on top of the environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

/// <summary>Runs Docker's command line: the one seam between the core and the engine's programs.</summary>
public interface IDockerCli
{
    /// <summary>Full path of the program.</summary>
    string ProgramPath { get; }

    /// <summary>Runs a command and hands on its lines while it runs.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="onOutput">Called for each line of standard output.</param>
    /// <param name="onError">Called for each line of standard error.</param>
    /// <param name="cancellation">How to end it early.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(
        DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation);
}

/// <summary>The two ways in which a process is ended: asked, then killed.</summary>
/// <param name="Graceful">Interrupts the process, as Ctrl-C does; it may finish what it must.</param>
/// <param name="Forceful">Kills the process and all it started.</param>
public readonly record struct ProcessCancellation(CancellationToken Graceful, CancellationToken Forceful)
{
    /// <summary>A process that is not ended early.</summary>
    public static ProcessCancellation None => default;
}
