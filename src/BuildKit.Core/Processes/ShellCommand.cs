using BuildKit.Core.Systems;
using CliWrap;
using CliWrap.Buffered;

namespace BuildKit.Core.Processes;

/// <summary>What a command of a file printed, and how it ended.</summary>
/// <param name="ExitCode">Exit code; -1 when it could not be started or took too long.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, or why it did not run.</param>
public sealed record ShellResult(int ExitCode, string Output, string Error);

/// <summary>Runs a command that a file names, in a POSIX shell as DevSpace does, or as a program with arguments.</summary>
/// <param name="folder">Full path of the folder it runs in.</param>
/// <param name="environment">The environment it gets.</param>
public sealed class ShellCommand(string folder, IReadOnlyDictionary<string, string> environment)
{
    // A command that waits for someone must not hang a build.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a line of shell; without a shell, as on Windows, a line that is only a program and its arguments.</summary>
    public Task<ShellResult> RunAsync(string line, CancellationToken cancellation) =>
        ProgramSearch.Find("sh", environment) is { } shell ? RunAsync(shell, ["-c", line], cancellation)
        : SimpleCommand.TrySplit(line) is [var program, .. var arguments] ? RunAsync(program, [.. arguments], cancellation)
        : Task.FromResult(new ShellResult(-1, "", "it takes a POSIX shell, and there is no program \"sh\"" + SystemRemedies.InstallShell(HostSystems.Current)));

    /// <summary>Runs a program.</summary>
    public async Task<ShellResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var found = PathRules.Here.ToSlashes(program).Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(Path.Combine(folder, program))
            : ProgramSearch.Find(program, environment);
        if (found is null || !File.Exists(found))
        {
            return new ShellResult(-1, "", $"there is no program \"{program}\"");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Limit);
        try
        {
            var result = await Cli.Wrap(found)
                .WithArguments(arguments)
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(environment.ToDictionary(pair => pair.Key, string? (pair) => pair.Value))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(timeout.Token).ConfigureAwait(false);
            return new ShellResult(result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ShellResult(-1, "", $"it took longer than {Limit.TotalMinutes:0} minute");
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return new ShellResult(-1, "", failure.Message);
        }
    }
}
