using BuildKit.Core.Environments;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Processes;

/// <summary>What a command of a file printed, and how it ended.</summary>
/// <param name="ExitCode">Exit code; -1 when it could not be started or took too long.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, or why it did not run.</param>
internal sealed record ShellResult(int ExitCode, string Output, string Error);

/// <summary>Runs a command that a file names, in a POSIX shell as DevSpace does, or as a program with arguments.</summary>
/// <param name="folder">Full path of the folder it runs in.</param>
/// <param name="environment">The environment it gets.</param>
internal sealed class ShellCommand(string folder, BuildEnvironment environment)
{
    // A command that waits for someone must not hang a build.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a line of shell; without a shell, as on Windows, a line that is only a program and its arguments.</summary>
    public ShellResult Run(string line, CancellationToken cancellation) =>
        ProgramSearch.Find("sh", environment) is { } shell ? Run(shell, ["-c", line], cancellation)
        : SimpleCommand.TrySplit(line) is [var program, .. var arguments] ? Run(program, arguments, cancellation)
        : new ShellResult(-1, "", "it takes a POSIX shell, and there is no program \"sh\"" + SystemRemedies.InstallShell(HostSystems.Current));

    /// <summary>Runs a program.</summary>
    public ShellResult Run(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Find(program, arguments) is not { } start)
        {
            return Missing(program);
        }

        using var timeout = Limited(cancellation);
        try
        {
            return Result(start.Ask(timeout.Token));
        }
        catch (Exception failure) when (Why(failure, cancellation) is not null)
        {
            return new ShellResult(-1, "", Why(failure, cancellation)!);
        }
    }

    /// <summary>Runs a program.</summary>
    public async Task<ShellResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Find(program, arguments) is not { } start)
        {
            return Missing(program);
        }

        using var timeout = Limited(cancellation);
        try
        {
            return Result(await start.AskAsync(timeout.Token).ConfigureAwait(false));
        }
        catch (Exception failure) when (Why(failure, cancellation) is not null)
        {
            return new ShellResult(-1, "", Why(failure, cancellation)!);
        }
    }

    private ProgramStart? Find(string program, IReadOnlyList<string> arguments)
    {
        var found = PathRules.Here.ToSlashes(program).Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(Path.Combine(folder, program))
            : ProgramSearch.Find(program, environment);
        return File.Exists(found) ? new ProgramStart(found, arguments, environment) { Folder = folder } : null;
    }

    private static CancellationTokenSource Limited(CancellationToken cancellation)
    {
        var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Limit);
        return timeout;
    }

    private static ShellResult Missing(string program) => new(-1, "", $"there is no program \"{program}\"");

    private static ShellResult Result(ProgramAnswer answer) => new(answer.ExitCode, answer.Output, answer.Error);

    private static string? Why(Exception failure, CancellationToken cancellation) => failure switch
    {
        OperationCanceledException when !cancellation.IsCancellationRequested => $"it took longer than {Limit.TotalMinutes:0} minute",
        InvalidOperationException or System.ComponentModel.Win32Exception or IOException => failure.Message,
        _ => null,
    };
}
