using System.Collections.Concurrent;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Reports;

/// <summary>
/// Says from time to time which step runs, and what it printed last: a plain log would be silent for as long as the step takes.
/// </summary>
internal sealed class SignsOfLife : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(25);

    private readonly StepLines lines;
    private readonly BuildGraph graph;
    private readonly ITimer timer;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly ConcurrentDictionary<BuildStep, string> last = new();
    private bool isOver;

    /// <summary>Starts to say it.</summary>
    /// <param name="lines">Shows the lines.</param>
    /// <param name="graph">The build.</param>
    /// <param name="clock">The time.</param>
    public SignsOfLife(StepLines lines, BuildGraph graph, TimeProvider clock)
    {
        (this.lines, this.graph, this.clock, started) = (lines, graph, clock, clock.GetTimestamp());
        graph.OutputLine += Remember;
        timer = clock.CreateTimer(_ => Tell(), null, First, Between);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        graph.OutputLine -= Remember;
        // A call of the timer may be under way, and MSBuild takes no message of a task that has ended.
        lock (last)
        {
            isOver = true;
        }
    }

    private void Remember(BuildStep step, string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            last[step] = line.Trim();
        }
    }

    // The step that has run longest is the one that is waited for; an instruction says more than what BuildKit does besides.
    private void Tell()
    {
        var running = graph.Steps.Where(step => step.Started is not null && !step.IsDone)
            .OrderBy(step => step.IsInternal).ThenBy(step => step.Started).ToList();
        var printed = running.Count > 0 ? last.GetValueOrDefault(running[0], "") : "";
        lock (last)
        {
            if (!isOver)
            {
                lines.Running(running.FirstOrDefault(), running.Count - 1, printed, clock.GetElapsedTime(started));
            }
        }
    }
}
