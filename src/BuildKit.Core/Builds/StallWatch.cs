using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>
/// Watches a run of buildx: says what it waits for when nothing is heard of it, and ends it when that takes too long. BuildKit has no
/// limit of its own for a registry that takes a connection and never answers.
/// </summary>
internal sealed class StallWatch : IAsyncDisposable
{
    /// <summary>How long a run is quiet before it is looked at.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>How much longer what may rightly be slow is waited for: large layers, and builders that queue builds.</summary>
    internal const int Patience = 6;

    // A stall is reported this much after the silence at the latest.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenSource graceful;
    private readonly CancellationTokenSource forceful;
    private readonly TimeSpan limit;
    private readonly TimeProvider clock;
    private readonly Task watching;
    private long heard;

    /// <summary>Starts to watch.</summary>
    /// <param name="limit">How long a run may wait without progress; zero only says what it waits for.</param>
    /// <param name="look">Finds out what it waits for.</param>
    /// <param name="sink">Receives that.</param>
    /// <param name="outer">How the run is ended from outside.</param>
    /// <param name="clock">Measures the silence.</param>
    public StallWatch(TimeSpan limit, StallLook look, IDiagnosticSink sink, ProcessCancellation outer, TimeProvider clock)
    {
        this.limit = limit;
        this.clock = clock;
        heard = clock.GetTimestamp();
        graceful = CancellationTokenSource.CreateLinkedTokenSource(outer.Graceful);
        forceful = CancellationTokenSource.CreateLinkedTokenSource(outer.Forceful);
        watching = WatchAsync(look, sink, limit > TimeSpan.Zero && limit / 3 < Silence ? limit / 3 : Silence);
    }

    /// <summary>Ends the run, from outside or because it stands still.</summary>
    public ProcessCancellation Cancellation => new(graceful.Token, forceful.Token);

    /// <summary>Why the run was ended, as a line of its error stream; null when it was not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Takes note that the run goes on.</summary>
    public void Heard() => Volatile.Write(ref heard, clock.GetTimestamp());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        over.Dispose();
        graceful.Dispose();
        forceful.Dispose();
    }

    private async Task WatchAsync(StallLook look, IDiagnosticSink sink, TimeSpan silence)
    {
        var (kind, since, said) = (StallKind.None, 0L, TimeSpan.Zero);
        try
        {
            while (true)
            {
                await Task.Delay(silence < Tick ? silence : Tick, over.Token).ConfigureAwait(false);
                var last = Volatile.Read(ref heard);
                var found = clock.GetElapsedTime(last) < silence ? StallLook.Nothing : await look.LookAsync(over.Token).ConfigureAwait(false);
                if (found.Kind != kind)
                {
                    // A step may have been silent for an hour before the engine stopped.
                    (kind, since, said) = (found.Kind, found.Kind == StallKind.Engine ? clock.GetTimestamp() : last, TimeSpan.Zero);
                }

                if (kind == StallKind.None || Volatile.Read(ref heard) != last)
                {
                    kind = StallKind.None;
                    continue;
                }

                var waited = clock.GetElapsedTime(since);
                var allowed = found.IsPatient ? limit * Patience : limit;
                if (limit > TimeSpan.Zero && waited >= allowed)
                {
                    Ended = $"ERROR: no progress ({kind}) for {Quantity.Seconds(waited.TotalSeconds)}: {found.What}";
                    await graceful.CancelAsync().ConfigureAwait(false);
                    forceful.CancelAfter(GracePeriod);
                    return;
                }

                // Then after twice that time, and so on: a log is not filled with it.
                var quiet = clock.GetElapsedTime(last);
                if (quiet >= said * 2)
                {
                    said = quiet;
                    sink.Message(MessageLevel.Important, $"  {Quantity.Seconds(quiet.TotalSeconds)} without progress: {found.What}."
                        + (limit > TimeSpan.Zero ? $" The build ends after {Quantity.Seconds(allowed.TotalSeconds)} (BuildKitStallTimeout)." : ""));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
