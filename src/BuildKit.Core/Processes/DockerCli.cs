using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Processes;

/// <summary>Docker's command line on this machine.</summary>
public sealed class DockerCli : IDockerCli
{
    // The guide's switch: an old docker would otherwise build without BuildKit. Hints and colours are for people at a terminal;
    // here a program reads.
    private static readonly Dictionary<string, string?> Always = new()
    {
        ["DOCKER_BUILDKIT"] = "1",
        ["DOCKER_CLI_HINTS"] = "false",
        ["BUILDKIT_PROGRESS"] = null,
    };

    private readonly BuildEnvironment environment;

    /// <summary>Uses the program at a path that <see cref="Find"/> found.</summary>
    /// <param name="programPath">Full path of the docker program.</param>
    /// <param name="environment">The environment of the build, which docker and all that it starts get.</param>
    public DockerCli(string programPath, BuildEnvironment environment) =>
        (ProgramPath, this.environment) = (programPath, environment.With(Always));

    /// <inheritdoc/>
    public string ProgramPath { get; }

    /// <summary>Finds the program: the named one, else <c>docker</c> on PATH.</summary>
    /// <param name="named">Value of <c>BuildKitDockerPath</c>; empty to search PATH.</param>
    /// <param name="environment">The environment of the build: where to search, and what docker gets.</param>
    /// <exception cref="DiagnosticException">BK1001: there is none.</exception>
    public static DockerCli Find(string named, BuildEnvironment environment)
    {
        var path = ProgramSearch.Find(named.Length == 0 ? "docker" : named, environment)
            ?? throw new DiagnosticException(EngineDiagnostics.CliNotFound.With());
        return new DockerCli(path, environment);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(
        DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation)
    {
        var direct = command.PluginPath.Length > 0 && File.Exists(command.PluginPath);
        CommandLineLimit.Check(direct ? command.PluginPath : ProgramPath, command.Arguments, HostSystems.Current);
        var start = new ProgramStart(
            direct ? command.PluginPath : ProgramPath,
            direct ? [.. command.Arguments.Skip(1)] : command.Arguments,
            environment.With(command.Environment))
        {
            Folder = command.WorkingDirectory,
        };
        return start.RunAsync(onOutput, onError, cancellation);
    }
}
