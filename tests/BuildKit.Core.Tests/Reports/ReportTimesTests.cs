using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Reports;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Reports;

/// <summary>One time axis: everything that takes time has a bar on it, and it ends where the build does.</summary>
public sealed class ReportTimesTests
{
    private static readonly BuildTimes Times = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(150));

    [TestCase("success")]
    [TestCase("cold-registry")]
    [TestCase("cold-platforms")]
    [TestCase("cold-bake")]
    [TestCase("push-ok")]
    public void The_critical_path_reaches_from_the_start_to_the_total_without_a_gap(string name)
    {
        var steps = ReportSteps.Of(Recording.Play(name).Graph, null, SecretRedactor.None, Times);
        var path = steps.Where(step => step.Critical).OrderBy(step => step.Start).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(path[0].Instruction, Is.EqualTo("starting buildx"));
            Assert.That(path[0].Start, Is.Zero);
            Assert.That(path[^1].Instruction, Is.EqualTo("reading the result"));
            Assert.That(path[^1].End, Is.EqualTo(30_150));
            Assert.That(steps.Max(step => step.End), Is.EqualTo(30_150));
            // Between two of its steps BuildKit does what no step reports: a few tenths of a second at most.
            Assert.That(path.Zip(path.Skip(1)).Select(pair => pair.Second.Start - Ends(pair.First).Where(end => end <= pair.Second.Start + 5).Max()),
                Is.All.LessThan(400));
        });
    }

    [Test]
    public void A_stream_that_was_played_from_a_file_has_no_start_of_its_own()
    {
        var graph = Recording.Play("success").Graph;
        var times = BuildTimes.EndingNow(graph, graph.Elapsed, TimeSpan.Zero);
        Assert.That((times.Starting, times.Total), Is.EqualTo((TimeSpan.Zero, graph.Elapsed)));
    }

    [Test]
    public void The_start_lasts_until_the_first_word_of_buildx()
    {
        var graph = Recording.Play("parse-error").Graph;
        Thread.Sleep(50);
        var times = BuildTimes.EndingNow(graph, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.That(times.Starting.TotalSeconds, Is.GreaterThan(9).And.LessThanOrEqualTo((TimeSpan.FromSeconds(10) - graph.Elapsed).TotalSeconds));
    }

    [TestCase("RUN --mount=type=cache,target=/root/.npm --network=none npm ci && npm test", "RUN npm ci && npm test",
        "--mount=type=cache,target=/root/.npm --network=none")]
    [TestCase("COPY --from=build --chown=1654:1654 /src/ /app/", "COPY /src/ /app/", "--from=build --chown=1654:1654")]
    [TestCase("RUN npm  ci \\\n  --omit=dev", "RUN npm ci \\ --omit=dev", "")]
    [TestCase("exporting to image", "exporting to image", "")]
    public void The_command_comes_first(string instruction, string text, string flags) =>
        Assert.That(StepLabel.Of(instruction), Is.EqualTo(new StepLabel(text, flags)));

    [Test]
    public void The_last_twenty_builds_are_kept_and_those_of_another_machine_are_found()
    {
        using var folder = new TestFolder();
        BuildReport Build(int number) =>
            new(new BuiltImage { Name = "web", References = [], Seconds = number, StepsCached = number, PushedBytes = 100 * number }, true,
                $"day {number}", "", []);
        var files = new ReportFiles(folder.Path, "web");
        for (var number = 1; number <= 25; number++)
        {
            files.Write(Build(number), "", page: false);
        }

        var history = ReportReader.TryRead(files.Json)!.History;
        Assert.That(history, Has.Count.EqualTo(20));
        Assert.That((history[0].Started, history[^1]), Is.EqualTo(("day 6", new PastBuild("day 25", true, 25_000, 25, 0, 0, 2500))));
        var runner = Directory.CreateDirectory(folder.Full("runner")).FullName;
        var artifact = Directory.CreateDirectory(folder.Full("artifact/obj/buildkit")).FullName;
        File.Copy(files.Json, Path.Combine(artifact, "web.report.json"));
        var next = new ReportFiles(runner, "web").Write(Build(26), "", page: false, folder.Full("artifact"));
        Assert.That(next.History, Has.Count.EqualTo(20));
        Assert.That(next.Changes!.Seconds, Is.EqualTo(25));
        Assert.That(new ReportFiles(runner, "other").Write(Build(1), "", page: false, folder.Full("nowhere")).History, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_page_of_400_steps_with_much_output_stays_below_300_kilobytes()
    {
        var steps = Enumerable.Range(0, 400).Select(id => new ReportStep(
            id, $"[build {id + 1}/400] RUN step", "build",
            $"RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish src/Service{id}/Service{id}.csproj --configuration Release "
                + $"--output /out/{id}", "run", id * 100, (id * 100) + 90, id > 0 ? [id - 1] : [])
        {
            Line = id,
            Output = [.. Enumerable.Range(0, 60)
                .Select(line => $"  Service{id} -> /src/Service{id}/bin/Release/net10.0/Service{id}.dll line {line}")],
        }).ToList();
        steps[300] = steps[300] with { Kind = "failed", Error = "exit code: 1" };
        var page = TimelinePage.Of(new BuildReport(new BuiltImage { Name = "web", References = ["r/web:1"], Seconds = 40 }, false,
            "2026-11-24T08:00:00Z", "/src/Dockerfile", steps));
        Assert.That(page, Has.Length.LessThan(300_000));
        Assert.That(System.Text.Encoding.UTF8.GetString(page),
            Does.Contain("Service300.dll line 0").And.Contain("Service7.dll line 59").And.Not.Contain("Service7.dll line 0"),
            "of a failed step all that is kept");
    }

    private static IEnumerable<long> Ends(ReportStep step) => step.Spans.Count > 0 ? step.Spans.Select(span => span.End) : [step.End];
}
