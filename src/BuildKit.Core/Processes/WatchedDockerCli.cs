using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Processes;

/// <summary>
/// Docker's command line, whose short commands are not waited for in silence and not without end: one that says nothing for some time
/// is reported, and ended at a limit. Builds are watched by their steps.
/// </summary>
/// <param name="inner">Runs the commands.</param>
/// <param name="sink">Receives what is waited for.</param>
/// <param name="limit">How long a command may say nothing; zero for no limit.</param>
public sealed class WatchedDockerCli(IDockerCli inner, IDiagnosticSink sink, TimeSpan limit) : IDockerCli
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>The limit for commands of a project: a busy machine may need seconds to start a program at all.</summary>
    /// <param name="stallLimit">How long a build may wait without progress; zero for no limit.</param>
    public static TimeSpan LimitOf(TimeSpan stallLimit) => stallLimit > TimeSpan.Zero && stallLimit < LeastLimit ? LeastLimit : stallLimit;

    /// <inheritdoc/>
    public string ProgramPath => inner.ProgramPath;

    /// <inheritdoc/>
    public async Task<int> RunAsync(
        DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Arguments is ["buildx", "build" or "bake", ..])
        {
            return await inner.RunAsync(command, onOutput, onError, cancellation).ConfigureAwait(false);
        }

        var name = "docker " + string.Join(' ', command.Arguments.Take(3));
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(cancellation.Forceful);
        var heard = Environment.TickCount64;
        var said = false;
        using var clock = new Timer(
            _ =>
            {
                var quiet = TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref heard));
                if (quiet >= Silence && !said)
                {
                    said = true;
                    sink.Message(MessageLevel.Important, $"Waiting for \"{name}\", which has said nothing "
                        + $"for {InWords(quiet)}{(limit > TimeSpan.Zero ? $"; it may take {InWords(limit)} (BuildKitStallTimeout)" : "")}.");
                }

                if (limit > TimeSpan.Zero && quiet >= limit)
                {
                    killed.Cancel();
                }
            },
            null, limit > TimeSpan.Zero && limit < Tick ? limit : Tick, Tick);
        Action<string> Heard(Action<string> next) => line =>
        {
            Volatile.Write(ref heard, Environment.TickCount64);
            next(line);
        };
        try
        {
            return await inner.RunAsync(command, Heard(onOutput), Heard(onError), new ProcessCancellation(cancellation.Graceful, killed.Token))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (killed.IsCancellationRequested && !cancellation.Forceful.IsCancellationRequested
            && !cancellation.Graceful.IsCancellationRequested)
        {
            throw new DiagnosticException(WaitDiagnostics.CommandSilent.With(name, InWords(limit)));
        }
    }

    private static string InWords(TimeSpan time) =>
        time.TotalSeconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");
}
