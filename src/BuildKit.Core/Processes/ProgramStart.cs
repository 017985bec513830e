using System.Diagnostics;
using BuildKit.Core.Environments;
using CliWrap;

namespace BuildKit.Core.Processes;

/// <summary>What a program wrote until its end.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProgramAnswer(int ExitCode, string Output, string Error);

/// <summary>
/// A program to start: the one way in which the product starts any. It gets the build's environment and nothing else: what
/// this process has beside it belongs to somebody else, for example to another project that is built at the same time.
/// </summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="Arguments">Arguments as a list; no shell reads them.</param>
/// <param name="Environment">All that the program finds in its environment.</param>
internal sealed record ProgramStart(string Program, IReadOnlyList<string> Arguments, BuildEnvironment Environment)
{
    /// <summary>Full path of the folder to run in; empty for this process's.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What the program reads from standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>Runs the program and hands on its lines while it runs.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation) =>
        await RunAsync(PipeTarget.ToDelegate(onOutput), PipeTarget.ToDelegate(onError), cancellation).ConfigureAwait(false);

    /// <summary>Runs the program to its end.</summary>
    public async Task<ProgramAnswer> AskAsync(CancellationToken cancellation)
    {
        var (output, error) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        var (toOutput, toError) = (PipeTarget.ToStringBuilder(output), PipeTarget.ToStringBuilder(error));
        var exitCode = await RunAsync(toOutput, toError, new ProcessCancellation(default, cancellation)).ConfigureAwait(false);
        return new ProgramAnswer(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program to its end, for who cannot wait otherwise; threads of its own read, so none of the pool is needed.</summary>
    public ProgramAnswer Ask(CancellationToken cancellation)
    {
        var information = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        Put(information);
        using var process = Process.Start(information)!;
        // Not disposed: a program that outlives this one may hold a stream open, and the thread that reads it signals later.
        var ended = new CountdownEvent(2);
        var (output, error) = ("", "");
        Read(() => output = process.StandardOutput.ReadToEnd(), ended);
        Read(() => error = process.StandardError.ReadToEnd(), ended);
        try
        {
            Feed(process);
            ended.Wait(cancellation);
            process.WaitForExit();
            return new ProgramAnswer(process.ExitCode, output, error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private void Feed(Process process)
    {
        try
        {
            process.StandardInput.Write(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program need not read what it is given.
        }
    }

    private static void Read(Action read, CountdownEvent ended) => new Thread(() =>
    {
        try
        {
            read();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody waits any more.
        }

        ended.Signal();
    })
    { IsBackground = true }.Start();

    private async Task<int> RunAsync(PipeTarget output, PipeTarget error, ProcessCancellation cancellation)
    {
        var command = Cli.Wrap(Program)
            .WithArguments(Arguments)
            .WithStandardInputPipe(Input.Length > 0 ? PipeSource.FromString(Input) : PipeSource.Null)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(error)
            .WithValidation(CommandResultValidation.None);
        command = Folder.Length > 0 ? command.WithWorkingDirectory(Folder) : command;
        var result = await command.ExecuteAsync(Put, null, cancellation.Forceful, cancellation.Graceful).ConfigureAwait(false);
        return result.ExitCode;
    }

    private void Put(ProcessStartInfo information)
    {
        information.Environment.Clear();
        foreach (var (name, value) in Environment.Variables)
        {
            information.Environment[name] = value;
        }
    }
}
