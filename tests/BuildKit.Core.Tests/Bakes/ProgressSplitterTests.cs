using System.Text;
using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Bakes;

public sealed class ProgressSplitterTests
{
    [TestCase("b1", 5)]
    [TestCase("b2", 5)]
    [TestCase("b3", 6)]
    public void A_target_has_the_steps_that_it_shares_and_its_own(string target, int steps)
    {
        var graph = Split("bake", ["b1", "b2", "b3"], target);
        Assert.That(graph.Steps.Select(step => step.Name), Has.None.StartsWith("[b1").And.None.StartsWith("[b2").And.None.StartsWith("[b3"));
        Assert.That(graph.Steps.Count(step => !step.IsInternal), Is.GreaterThanOrEqualTo(steps));
        Assert.That(graph.Steps.Select(step => step.Name), Does.Contain("exporting to image").And.Contain("[internal] load build context"));
        Assert.That(graph.Steps.Count(step => step.Name == "exporting to image"), Is.EqualTo(1));
        Assert.That(graph.ContextBytes, Is.GreaterThan(0));
    }

    [Test]
    public void The_failure_and_its_output_are_the_failing_targets_alone()
    {
        string[] targets = ["ok", "bad"];
        var bad = Split("bake-fail", targets, "bad");
        var failed = bad.Steps.Single(step => step.Error is not null);
        Assert.That((failed.Stage, failed.Position, failed.Instruction),
            Is.EqualTo(((string?)null, 3, "RUN echo out-line; echo err-line >&2;     exit 42")));
        Assert.That(failed.OutputTail, Is.EquivalentTo(new[] { "out-line", "err-line" }));
        Assert.That(Split("bake-fail", targets, "ok").Steps.Where(step => step.Error is not null), Is.Empty);
    }

    [Test]
    public void A_bake_of_one_target_has_no_names_in_it()
    {
        var graph = Split("success", ["only"], "only");
        Assert.That((graph.StepsCached, graph.StepsRun, graph.ContextBytes), Is.EqualTo((2, 4, 1982763L)));
    }

    [Test]
    public void A_secret_that_comes_in_two_pieces_is_taken_out_and_told_once()
    {
        var splitter = new ProgressSplitter(new SecretRedactor(["t0p-secret"]));
        splitter.Add(
            """{"vertexes":[{"digest":"d","name":"[a 1/1] RUN x t0p-secret","started":"2026-11-24T10:00:00Z"},{"digest":"d","name":"[b 1/1] RUN x t0p-secret"}]}""", ["a", "b"]);
        foreach (var piece in new[] { "say t0p-", "secret\n", "secret\n" })
        {
            splitter.Add(
                $$"""{"logs":[{"vertex":"d","stream":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece))}}","timestamp":"{{piece.Length}}"}]}""", ["a", "b"]);
        }

        var lines = string.Join('\n', splitter.LinesOf("b"));
        Assert.That(lines, Does.Contain(Convert.ToBase64String("say ***\n"u8)).And.Contain("[1/1] RUN x ***").And.Not.Contain("t0p-secret"));
    }

    private static BuildGraph Split(string recording, string[] targets, string target)
    {
        var splitter = new ProgressSplitter(SecretRedactor.None);
        Recording.Lines(recording).ToList().ForEach(line => splitter.Add(line, targets));
        return Recording.Of([.. splitter.LinesOf(target)]).Graph;
    }
}
