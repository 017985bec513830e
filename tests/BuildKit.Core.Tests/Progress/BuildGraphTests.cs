using System.Text;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Progress;

// Fields hold the state of one test.
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildGraphTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly BuildGraph graph = new();
    private readonly List<string> finished = [];
    private readonly List<string> lines = [];

    [SetUp]
    public void Listen()
    {
        graph.StepFinished += step => finished.Add(step.Instruction);
        graph.OutputLine += (_, line) => lines.Add(line);
    }

    [Test]
    public void A_step_that_starts_again_is_done_only_after_its_last_end()
    {
        Report("[1/1] RUN a", 0, 1);
        Report("[1/1] RUN a", 2, null);
        Assert.That(graph.Steps.Single().IsDone, Is.False);
        Report("[1/1] RUN a", 2, 5);
        Assert.That(graph.Steps.Single().Duration, Is.EqualTo(TimeSpan.FromSeconds(4)), "both times, as plain progress adds them up");
        Assert.That(graph.Steps.Single().Spans, Has.Count.EqualTo(2));
        Assert.That(finished, Is.EqualTo(new[] { "RUN a", "RUN a" }));
    }

    // BuildKit gives a step that two builds share the start that the first of them saw.
    [TestCase("[internal] load build definition from Dockerfile")]
    [TestCase("[api internal] load build definition from Dockerfile")]
    public void A_build_begins_with_a_step_of_its_own_not_with_one_that_began_for_another_build(string own)
    {
        Report("[1/2] FROM docker.io/library/debian", -1600, 2);
        Report(own, 0, 0.5);
        Report("[2/2] RUN a", 2, 7);
        Assert.That((graph.Began, graph.Elapsed), Is.EqualTo(((DateTimeOffset?)Start, TimeSpan.FromSeconds(7))));
    }

    [Test]
    public void Without_a_step_of_its_own_a_build_begins_with_its_first()
    {
        Report("[1/1] RUN a", 2, 7);
        Assert.That((graph.Began, graph.Elapsed), Is.EqualTo(((DateTimeOffset?)Start.AddSeconds(2), TimeSpan.FromSeconds(5))));
    }

    [Test]
    public void A_repeated_report_of_the_end_is_told_once()
    {
        Report("[1/1] RUN a", 0, 1);
        Report("[1/1] RUN a", 0, 1);
        Report("[1/1] RUN a", 3, 3, cached: true);
        Assert.That(finished, Is.EqualTo(new[] { "RUN a" }));
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((0, 1)), "it was run in this build");
    }

    [Test]
    public void A_step_can_be_cached_before_it_is_completed()
    {
        Report("[1/1] RUN a", 0, null, cached: true);
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((1, 0)));
    }

    [Test]
    public void A_cached_step_that_is_opened_for_its_layers_stays_cached()
    {
        Report("[1/1] RUN a", 0, 0.2, cached: true);
        Report("[1/1] RUN a", 1, null);
        Report("[1/1] RUN a", 1, 3);
        var step = graph.Steps.Single();
        Assert.That((graph.StepsCached, graph.StepsRun, step.IsPulled, step.Duration), Is.EqualTo((1, 0, true, TimeSpan.FromSeconds(2))));
        Assert.That(finished, Is.EqualTo(new[] { "RUN a" }));
    }

    [Test]
    public void A_cached_step_that_prints_was_run_after_all()
    {
        Report("[1/1] RUN a", 0, 0, cached: true);
        Report("[1/1] RUN a", 1, null);
        Log(1, "building\n"u8.ToArray());
        Report("[1/1] RUN a", 1, 3);
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_glance_before_the_cache_hit_is_no_run()
    {
        Report("[1/1] RUN a", 0, 0.00005);
        Report("[1/1] RUN a", 1, 1, cached: true);
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Base_images_and_internal_steps_count_as_neither_cached_nor_run()
    {
        Report("[internal] load build context", 0, 1);
        Report("[1/2] FROM docker.io/library/a:1", 0, 1);
        Report("[2/2] RUN a", 0, 1, cached: true);
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Pieces_of_output_become_lines_across_pieces_characters_and_streams()
    {
        Report("[1/1] RUN a", 0, null);
        var bytes = Encoding.UTF8.GetBytes("grün\nblau");
        Log(1, bytes[..3]);
        Log(2, "warn"u8.ToArray());
        Log(1, bytes[3..]);
        Assert.That(lines, Is.EqualTo(new[] { "grün" }));
        Assert.That(graph.Steps.Single().OutputTail, Is.EqualTo(new[] { "grün", "blau", "warn" }));
        Report("[1/1] RUN a", 0, 1);
        Assert.That(lines, Is.EqualTo(new[] { "grün", "blau", "warn" }));
    }

    [Test]
    public void Progress_bars_and_colours_are_taken_out()
    {
        Report("[1/1] RUN a", 0, null);
        Log(1, "10%\r50%\r100%\r\n\u001b[31mred\u001b[0m\n"u8.ToArray());
        Assert.That(lines, Is.EqualTo(new[] { "100%", "red" }));
    }

    [Test]
    public void The_last_60_lines_are_kept_and_no_line_grows_without_end()
    {
        Log(1, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 100)) + "\n"));
        Log(1, Encoding.UTF8.GetBytes(new string('x', 200_000)));
        Report("[1/1] RUN a", 0, 1);
        var tail = graph.Steps.Single().OutputTail;
        Assert.That(tail, Has.Count.EqualTo(60));
        Assert.That(tail.Max(line => line.Length), Is.LessThan(3_000));
        Assert.That(graph.Steps.Single().Position, Is.EqualTo(1), "output came before the name");
    }

    [Test]
    public void Nothing_of_a_steps_output_steers_a_terminal()
    {
        Report("[1/1] RUN a", 0, null);
        Log(1,
            "\u001b]0;title\u0007a\u001b[2J\u001b[38:5:1mb\u0008\u0000\u001bc\u009b31m\tc\n\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\\n\u001b]52;c;aGk"u8.ToArray());
        Report("[1/1] RUN a", 0, 1);
        Assert.That(lines, Is.EqualTo(new[] { "ab31m\tc", "link", "" }));
    }

    [Test]
    public void A_line_of_ten_megabytes_costs_neither_memory_nor_log()
    {
        Report("[1/1] RUN a", 0, null);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var piece = Encoding.UTF8.GetBytes(new string('x', 100_000));
        for (var i = 0; i < 100; i++)
        {
            Log(1, piece);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(2_000_000));
        Log(1, "\nnext\n"u8.ToArray());
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Has.Length.LessThan(2_100).And.EndsWith("x… (10,000,000 characters)"));
    }

    [Test]
    public void Of_a_hundred_thousand_lines_the_first_are_passed_on_and_the_last_are_kept()
    {
        Report("[1/1] RUN a", 0, null);
        for (var i = 0; i < 100; i++)
        {
            Log(1, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(i * 1000, 1000).Select(n => $"line {n}\n"))));
        }

        Report("[1/1] RUN a", 0, 1);
        Assert.That(lines, Has.Count.EqualTo(5_001));
        Assert.That(lines[^1], Is.EqualTo("(95,000 more lines are not shown; the last 60 are kept)"));
        Assert.That(graph.Steps.Single().OutputTail[^1], Is.EqualTo("line 99999"));
    }

    [Test]
    public void Named_folders_are_part_of_the_bytes_sent()
    {
        Report("[context publish] load from client", 0, null);
        graph.Apply(new([], [new(Digest("[context publish] load from client"), "transferring publish:", 40, 0, Start, null)], [], []));
        Assert.That(graph.ContextBytes, Is.EqualTo(40));
    }

    private static string Digest(string name) => "sha256:" + name;

    private void Report(string name, double started, double? completed, bool cached = false) =>
        graph.Apply(new(
            [new(Digest(name), name, [], Start.AddSeconds(started), completed is { } end ? Start.AddSeconds(end) : null, cached, null)], [], [], []));

    private void Log(int stream, byte[] data) => graph.Apply(new([], [], [new(Digest("[1/1] RUN a"), stream, data)], []));
}
