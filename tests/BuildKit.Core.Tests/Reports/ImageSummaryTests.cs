using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Reports;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Reports;

public sealed class ImageSummaryTests
{
    private static readonly BuiltImage Image = new()
    {
        Name = "shop-api",
        References = ["registry.example.com/shop-api:1.4.0", "registry.example.com/shop-api:latest"],
        Digest = "sha256:4be1d3aa61be45afab59b7e53e7a5ab24ae66a2c38deb8e1f2b2d06fa3a0e7a1",
        Seconds = 0.71,
        StepsCached = 5,
        StepsRun = 1,
        SlowestStep = "exporting layers  0.4 s",
        CacheSummary = "read registry.example.com/shop-api:devcache (has 5 of the image's 6 layers), wrote the same (61 MB)",
        ContextBytes = 61_400,
        PushedBytes = 58_200,
        Size = 153_000_000,
    };

    [Test]
    public void The_summary_has_six_aligned_lines() => Assert.That(ImageSummary.Block(Image), Is.EqualTo("""
          shop-api   registry.example.com/shop-api:1.4.0 and 1 more
          digest     sha256:4be1d3aa61be45afab59b7e53e7a5ab24ae66a2c38deb8e1f2b2d06fa3a0e7a1  (153 MB, 58 kB of it new)
          time       0.7 s   slowest: exporting layers  0.4 s
          steps      5 cached, 1 run
          cache      read registry.example.com/shop-api:devcache (has 5 of the image's 6 layers), wrote the same (61 MB)
          sent       61 kB context   pushed 58 kB
        """));

    [Test]
    public void What_is_not_known_is_left_out() => Assert.That(
        ImageSummary.Block(Image with { References = [], Digest = "", CacheSummary = "", PushedBytes = -1, SlowestStep = "" }),
        Is.EqualTo("  shop-api\n  time       0.7 s\n  steps      5 cached, 1 run\n  sent       61 kB context"));

    [Test]
    public void A_long_command_leaves_room_for_its_time()
    {
        var time = ImageSummary.Block(Image with { SlowestStep = "RUN " + new string('x', 300) + "  41 s" }).Split('\n')[2];
        Assert.That(time, Has.Length.LessThan(125).And.EndsWith("x…  41 s"));
    }

    [Test]
    public void One_line_tells_how_it_came_about_or_that_nothing_changed() => Assert.Multiple(() =>
    {
        Assert.That(ImageSummary.Line(Image),
            Is.EqualTo("registry.example.com/shop-api:1.4.0@sha256:4be1d3aa61be…  0.7 s, 5 of 6 steps cached, pushed 58 kB"));
        Assert.That(ImageSummary.Line(Image with { Page = "/obj/a.html" }), Does.EndWith(", pushed 58 kB, timeline: /obj/a.html"));
        Assert.That(ImageSummary.Line(Image with { Unchanged = true }),
            Is.EqualTo("registry.example.com/shop-api:1.4.0@sha256:4be1d3aa61be…  unchanged"));
    });

    [Test]
    public void Each_finished_step_has_one_line_with_the_image_and_no_digest()
    {
        var sink = new TextSink();
        var recording = Recording.Play("success");
        var lines = new StepLines(sink, MessageLevel.Important, "web");
        recording.Finished.ForEach(lines.Finished);
        recording.Output.ForEach(output => lines.Output(output.Step, output.Line));
        Assert.Multiple(() =>
        {
            Assert.That(sink.Lines.Where(line => line[0] == 'I'), Is.Unique);
            Assert.That(sink.Lines, Is.All.Match("^[DI]   +web "));
            Assert.That(sink.Lines, Has.None.Contains("sha256:"));
            Assert.That(sink.Lines.Where(line => line[0] == 'I'), Is.Not.Empty.And.All.Match(@"web \[.*(RUN|COPY|WORKDIR) .*  [0-9.]+ s$"));
        });
    }
}
