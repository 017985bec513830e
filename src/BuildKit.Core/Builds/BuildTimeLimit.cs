using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>Ends a build that takes longer than it may: asked first, killed ten seconds later, as with Ctrl-C.</summary>
public sealed class BuildTimeLimit : IDisposable
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly TimeSpan? limit;
    private readonly CancellationToken outer;
    private readonly CancellationTokenSource graceful;
    private readonly CancellationTokenSource forceful;
    private LastMessage? observed;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time; null or zero for no limit.</param>
    /// <param name="outer">How the build is ended from outside.</param>
    public BuildTimeLimit(TimeSpan? limit, ProcessCancellation outer)
    {
        (this.limit, this.outer) = (limit, outer.Graceful);
        graceful = CancellationTokenSource.CreateLinkedTokenSource(outer.Graceful);
        forceful = CancellationTokenSource.CreateLinkedTokenSource(outer.Forceful);
        if (limit is { } time && time > TimeSpan.Zero)
        {
            graceful.CancelAfter(time);
            forceful.CancelAfter(time + GracePeriod);
        }
    }

    /// <summary>Ends the build, from outside or by the clock.</summary>
    public ProcessCancellation Cancellation => new(graceful.Token, forceful.Token);

    /// <summary>Whether the clock ended the build.</summary>
    public bool Expired => graceful.IsCancellationRequested && !outer.IsCancellationRequested;

    /// <summary>A sink that remembers what the build said last.</summary>
    public IDiagnosticSink Observe(IDiagnosticSink sink) => observed = new LastMessage(sink);

    /// <summary>Reports a build that the clock ended (BK1022).</summary>
    /// <param name="name">What was built.</param>
    /// <param name="projectFile">Full path of the project that asked for it.</param>
    /// <param name="sink">Where it is reported.</param>
    public void Report(string name, string projectFile, IDiagnosticSink sink)
    {
        if (Expired)
        {
            sink.Report(BuilderDiagnostics.BuildTimedOut.At(
                new SourceLocation(projectFile), name, Quantity.Seconds(limit!.Value.TotalSeconds), observed?.Last ?? "nothing"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        graceful.Dispose();
        forceful.Dispose();
    }

    private sealed class LastMessage(IDiagnosticSink inner) : IDiagnosticSink
    {
        public string? Last { get; private set; }

        public void Report(Diagnostic diagnostic) => inner.Report(diagnostic);

        public bool Fails(Diagnostic diagnostic) => inner.Fails(diagnostic);

        public void Message(MessageLevel level, string text)
        {
            // Details are the command line; what a step or its output says is what helps.
            Last = level == MessageLevel.Detail ? Last : text;
            inner.Message(level, text);
        }
    }
}
