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
    public void The_result_says_where_the_image_went_how_much_is_new_and_why_with_the_digest_to_copy()
    {
        var image = Image with
        {
            Pushed = true,
            FromDockerfile = true,
            Reason = "Program.cs changed",
            Page = "/obj/a.html",
            Details = ["steps  1 run"],
        };
        Assert.That(ImageSummary.Result(image), Is.EqualTo("""
            pushed registry.example.com/shop-api:1.4.0 and 1 more tag
                58 kB of 153 MB new, 0.7 s, 5 of 6 steps from the cache, because Program.cs changed
                sha256:4be1d3aa61be45afab59b7e53e7a5ab24ae66a2c38deb8e1f2b2d06fa3a0e7a1
                timeline: /obj/a.html
                steps  1 run
            """));
    }

    [TestCase(true, true, "", "pushed a:1 and 2 more tags, loaded it into the engine")]
    [TestCase(false, true, "", "loaded a:1 and 2 more tags into the engine")]
    [TestCase(true, false, "/out/a.tar|5|7", "pushed a:1 and 2 more tags, wrote /out/a.tar")]
    [TestCase(false, false, "/out/a.tar|5|7", "wrote /out/a.tar")]
    [TestCase(false, false, "", "built a:1 and 2 more tags into the builder's cache only")]
    public void Each_destination_is_named(bool pushed, bool loaded, string file, string expected) => Assert.That(
        ImageSummary.Result(Of("a:1", "a:2", "a:3") with { Pushed = pushed, Loaded = loaded, Files = file.Length == 0 ? [] : [file] }).Split('\n')[0],
        Is.EqualTo(expected));

    [TestCase(true, false, "unchanged in the registry: a:1")]
    [TestCase(false, true, "unchanged in the engine: a:1")]
    [TestCase(false, false, "unchanged: /out/a.tar")]
    public void What_is_unchanged_says_where_it_is_and_gives_no_time(bool pushed, bool loaded, string expected) => Assert.That(
        ImageSummary.Result(Of("a:1") with { Unchanged = true, Pushed = pushed, Loaded = loaded, Digest = "sha256:ab", Files = ["/out/a.tar|5|7"] }),
        Is.EqualTo(expected + "\n    sha256:ab"));

    [Test]
    public void Steps_of_our_own_and_sizes_that_are_not_known_are_no_facts() => Assert.That(
        ImageSummary.Facts(Image with { Size = -1, PushedBytes = -1, Reason = "it was not built here before" }),
        Is.EqualTo("0.7 s, because it was not built here before"));

    private static BuiltImage Of(params string[] references) => new() { Name = "a", References = references };

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
