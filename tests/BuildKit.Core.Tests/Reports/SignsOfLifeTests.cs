using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Tests.Reports;

public sealed class SignsOfLifeTests
{
    private readonly TextSink sink = new();
    private readonly BuildGraph graph = new();
    private readonly HandClock clock = new();

    [Test]
    public void A_build_that_takes_long_says_which_step_runs_and_what_it_printed_last()
    {
        using (new SignsOfLife(new StepLines(sink, MessageLevel.Normal, "shop"), graph, clock))
        {
            clock.Go(19);
            Assert.That(sink.Lines, Is.Empty, "a build of everyday says nothing");
            clock.Go(1);
            Step("sha256:0", "[internal] load build context");
            Step("sha256:1", "[build 4/6] RUN npm ci");
            Log("sha256:1", "reading packages\nadded 200 packages\n\n");
            Step("sha256:2", "[web 2/2] COPY . .");
            clock.Go(25);
        }

        clock.Go(100);
        Assert.That(sink.Lines.Where(line => line[0] == 'I'), Is.EqualTo(new[]
        {
            "I   shop after 20 s: waiting for BuildKit",
            "I   shop after 45 s: [build 4/6] RUN npm ci (and 2 more steps) | added 200 packages",
        }));
    }

    private void Step(string digest, string name) =>
        Apply($$"""{"vertexes":[{"digest":"{{digest}}","name":"{{name}}","started":"2026-11-28T10:00:00Z"}]}""");

    private void Log(string digest, string text) =>
        Apply($$"""{"logs":[{"vertex":"{{digest}}","stream":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}]}""");

    private void Apply(string line) => graph.Apply(ProgressReader.TryRead(line)!);

    /// <summary>A clock that goes when it is told to, with one timer.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<HandTimer> timers = [];
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            timers.Add(new HandTimer(() => callback(state)) { Due = seconds + (long)dueTime.TotalSeconds, Period = (long)period.TotalSeconds });
            return timers[^1];
        }

        public void Go(int time)
        {
            for (var i = 0; i < time; i++)
            {
                seconds++;
                timers.ForEach(timer => timer.At(seconds));
            }
        }
    }

    private sealed class HandTimer(Action tell) : ITimer
    {
        private bool ended;

        public long Due { get; set; }

        public long Period { get; init; }

        public void At(long time)
        {
            if (!ended && time >= Due)
            {
                Due += Period;
                tell();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => ended = true;

        public ValueTask DisposeAsync()
        {
            ended = true;
            return ValueTask.CompletedTask;
        }
    }
}
