using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;
using CliWrap;

namespace BuildKit.Core.Processes;

/// <summary>Docker's command line on this machine.</summary>
public sealed class DockerCli : IDockerCli
{
    /// <summary>Uses the program at a path that <see cref="Find"/> found.</summary>
    /// <param name="programPath">Full path of the docker program.</param>
    public DockerCli(string programPath) => ProgramPath = programPath;

    /// <inheritdoc/>
    public string ProgramPath { get; }

    /// <summary>Finds the program: the named one, else <c>docker</c> on PATH.</summary>
    /// <param name="named">Value of <c>BuildKitDockerPath</c>; empty to search PATH.</param>
    /// <param name="environment">The environment to search in.</param>
    /// <exception cref="DiagnosticException">BK1001: there is none.</exception>
    public static DockerCli Find(string named, IReadOnlyDictionary<string, string> environment)
    {
        var path = ProgramSearch.Find(named.Length == 0 ? "docker" : named, environment)
            ?? throw new DiagnosticException(EngineDiagnostics.CliNotFound.With());
        return new DockerCli(path);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(
        DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation)
    {
        var direct = command.PluginPath.Length > 0 && File.Exists(command.PluginPath);
        CommandLineLimit.Check(direct ? command.PluginPath : ProgramPath, command.Arguments, HostSystems.Current);
        var result = await Cli.Wrap(direct ? command.PluginPath : ProgramPath)
            .WithArguments(direct ? command.Arguments.Skip(1) : command.Arguments)
            .WithWorkingDirectory(command.WorkingDirectory)
            .WithEnvironmentVariables(environment =>
            {
                // The guide's switch: an old docker would otherwise build without BuildKit.
                environment.Set("DOCKER_BUILDKIT", "1");
                // Hints and colours are for people at a terminal; here a program reads.
                environment.Set("DOCKER_CLI_HINTS", "false");
                environment.Set("BUILDKIT_PROGRESS", null);
                foreach (var (name, value) in command.Environment)
                {
                    environment.Set(name, value);
                }
            })
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(onOutput))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(onError))
            .ExecuteAsync(cancellation.Forceful, cancellation.Graceful)
            .ConfigureAwait(false);
        return result.ExitCode;
    }
}
