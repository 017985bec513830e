using BuildKit.Core.Images;
using BuildKit.Core.Reports;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Reports;

/// <summary>What the report remarks on a build, and in which order.</summary>
public sealed class ReportNotesTests
{
    private static readonly BuiltImage Image = new() { Name = "web", References = ["r/web:1"], Seconds = 20, StepsRun = 2 };

    [Test]
    public void The_failed_step_comes_first_with_why_it_ran()
    {
        var report = Report(Step("RUN npm ci", 0, 9_000), Step("RUN make", 9_000, 12_000) with { Kind = "failed", Line = 7 }) with
        {
            Succeeded = false,
            Changes = new BuildChanges(20, "", [], 0, [new StepChange(1, "It copies what changed: src/a.c")]),
        };
        Assert.That(Texts(report)[0], Is.EqualTo("RUN make failed after 3.0 s, at line 7. Why it ran: it copies what changed: src/a.c"));
    }

    [Test]
    public void A_step_that_ran_again_is_named_with_its_reason_and_those_behind_it_are_counted()
    {
        var report = Report(Step("COPY src .", 0, 100), Step("RUN make", 100, 9_000), Step("RUN make test", 9_000, 19_000)) with
        {
            Changes = new BuildChanges(20, "", [], 0,
            [
                new StepChange(0, "It copies what changed: src/main.c"),
                new StepChange(1, BuildComparison.Follows + ": COPY src ."),
                new StepChange(2, BuildComparison.Follows + ": RUN make"),
            ]),
        };
        Assert.That(Texts(report).Take(2), Is.EqualTo(new[]
        {
            "COPY src . ran again. It copies what changed: src/main.c",
            "2 more steps ran again because of it, which took 19 s of work.",
        }));
    }

    [Test]
    public void A_step_that_got_slower_is_named_with_by_how_much()
    {
        var before = Report(Step("RUN npm ci", 0, 5_000), Step("RUN make", 5_000, 10_000));
        var now = Report(Step("RUN npm ci", 0, 12_000), Step("RUN make", 12_000, 17_100));
        var report = now with { Changes = BuildComparison.Of(now, before, []) };
        Assert.That(Texts(report), Is.EqualTo(new[]
        {
            "RUN npm ci and 1 other step ran again. Their results were in no cache: pruned, never written, or from another machine.",
            "RUN npm ci took 12 s, 60 % of the time, 7.0 s more than in the previous build, and everything after it waited.",
        }));
        var beside = now with { Steps = [.. now.Steps, Step("RUN test", 0, 13_000) with { Id = 2, Critical = true }] };
        Assert.That(Texts(beside with { Changes = BuildComparison.Of(beside, before, []) }),
            Has.One.EqualTo("RUN npm ci took 12 s, 7.0 s more than in the previous build."));
    }

    [Test]
    public void A_cache_export_that_takes_a_large_part_says_what_to_do()
    {
        var report = Report(Step("RUN make", 0, 11_000), Step("exporting cache to registry", 11_000, 20_000) with { Kind = "internal" });
        Assert.That(Texts(report), Has.One.StartsWith("exporting cache to registry took 9.0 s, 45 % of the time. Mode=\"min\" of BuildKitCacheTo"));
    }

    [Test]
    public void A_cache_that_was_not_read_says_why_and_one_beside_a_read_one_only_when_it_failed()
    {
        var missing = Report(Step("RUN make", 0, 1_000)) with
        { CacheNotRead = [new UnreadCache("r/web:cache", "not found"), new UnreadCache("r/web:main", "401 Unauthorized")] };
        Assert.That(Texts(missing), Is.SupersetOf(new[]
        {
            "The cache r/web:cache was not read: not found; no build has written it yet, or it was pruned.",
            "The cache r/web:main was not read: 401 Unauthorized.",
        }));
        var beside = missing with { Image = Image with { CacheRead = ["r/web:other"], StepsCached = 3 } };
        Assert.That(Texts(beside), Has.None.Contains("r/web:cache").And.One.Contains("401"));
        Assert.That(Texts(missing with { Image = Image with { StepsRun = 0, StepsCached = 3 } }), Has.None.Contains("not read"),
            "nothing was missed");
    }

    [Test]
    public void A_cache_without_a_hit_is_reported() =>
        Assert.That(Texts(Report(Step("RUN make", 0, 1_000)) with { Image = Image with { CacheRead = ["r/web:cache"] } }),
            Has.One.StartsWith("r/web:cache was read, and no step was found in it"));

    [TestCase(0, 900, 2, false, TestName = "Nothing is remarked on that took less than a second")]
    [TestCase(0, 1_100, 100, false, TestName = "Nothing is remarked on that took less than two percent")]
    [TestCase(0, 1_100, 3, true, TestName = "What took a second and two percent is remarked on")]
    public void Small_things_are_left_out(long start, long end, double seconds, bool told)
    {
        var report = Report(Step("RUN make", start, end)) with { Image = Image with { Seconds = seconds } };
        Assert.That(Texts(report).Any(text => text.StartsWith("RUN make took", StringComparison.Ordinal)), Is.EqualTo(told));
    }

    [Test]
    public void A_large_context_names_the_ignore_file() => Assert.That(
        Texts(Report(Step("load build context", 0, 4_000) with { Kind = "internal" }) with { Image = Image with { ContextBytes = 900_000_000 } }),
        Has.One.EqualTo("load build context sent 900 MB in 4.0 s; .dockerignore keeps out what the image does not need."));

    [Test]
    public void A_build_without_a_step_to_run_says_that_all_came_from_a_cache()
    {
        var graph = Recording.Play("cached").Graph;
        var report = new BuildReport(Image with { Seconds = 0.4, StepsRun = graph.StepsRun, StepsCached = graph.StepsCached }, true, "", "",
            ReportSteps.Of(graph, null, BuildKit.Core.Diagnostics.SecretRedactor.None));
        Assert.That(Texts(report), Is.EqualTo(new[] { "Every step came from a cache." }));
    }

    [Test]
    public void Layers_that_were_pulled_are_reported_with_their_bytes()
    {
        var graph = Recording.Play("cold-registry").Graph;
        var times = new BuildTimes(TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.Zero);
        var steps = ReportSteps.Of(graph, null, BuildKit.Core.Diagnostics.SecretRedactor.None, times);
        Assert.That(steps.Where(step => step.Kind == "pulled").Select(step => (step.PulledBytes / 1_000_000, step.Took)),
            Is.EqualTo(new[] { (56L, 579L) }));
    }

    private static List<string> Texts(BuildReport report) =>
        [.. ReportNotes.Of(report).Select(note => note.Step < 0 ? note.Text : report.Steps[note.Step].Label.Text + " " + note.Text)];

    private static BuildReport Report(params ReportStep[] steps) =>
        new(Image, true, "2026-11-24T08:00:00Z", "/src/Dockerfile", [.. steps.Select((step, id) => step with { Id = id, Critical = true })]);

    private static ReportStep Step(string instruction, long start, long end) => new(0, instruction, "", instruction, "run", start, end, []);
}
