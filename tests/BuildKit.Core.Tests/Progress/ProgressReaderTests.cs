using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Progress;

public sealed class ProgressReaderTests
{
    private const string Odd = "{}[]\",:\\0-Zé\ud800\u001b ";

    [TestCase("")]
    [TestCase("{")]
    [TestCase("ERROR: failed to build: x")]
    [TestCase("{\"vertexes\":[{\"digest\":\"sha256:1\"")]
    [TestCase("{\"level\":\"warn\",\"msg\":\"SDK says no\"}")]
    [TestCase("{\"vertexes\":[{\"digest\":\"\\ud800\"}]}")]
    public void Plain_text_and_broken_lines_are_no_update(string line) => Assert.That(ProgressReader.TryRead(line), Is.Null);

    [Test]
    public void Fields_of_the_wrong_kind_are_left_out()
    {
        var update = ProgressReader.TryRead(
            """{"vertexes":[{"digest":"a","name":1,"started":"soon","cached":"yes"},7],"logs":[{"vertex":"a","stream":99,"data":"%%"}],"statuses":3}""")!;
        Assert.That(update.Vertices.Single(), Is.EqualTo(new VertexEvent("a", "", update.Vertices[0].Inputs, null, null, false, null)));
        Assert.That(update.Logs.Single().Data.Length, Is.Zero);
    }

    [Test]
    public void Times_have_nanoseconds_and_year_1_is_none()
    {
        var vertex =
            ProgressReader.TryRead(
                """{"vertexes":[{"digest":"a","name":"b","started":"2026-11-24T02:44:43.668105579Z","completed":"0001-01-01T00:00:00Z"}]}""")!.Vertices.Single();
        Assert.That(vertex.Started!.Value.Millisecond, Is.EqualTo(668));
        Assert.That(vertex.Completed, Is.Null);
    }

    [Test]
    public void Mutated_streams_never_throw()
    {
        var random = new Random(20261124);
        var lines = Recording.Names.SelectMany(Recording.Lines).ToArray();
        for (var round = 0; round < 60; round++)
        {
            var mutated = Enumerable.Range(0, 100).Select(_ => Mutate(lines[random.Next(lines.Length)], random)).ToArray();
            var recording = Recording.Of(mutated);
            Assert.That(recording.Diagnose(), Has.Count.EqualTo(1));
            Assert.That(LintWarnings.Of(recording.Graph, Recording.Dockerfile), Is.Not.Null);
            Assert.That(recording.Graph.ContextBytes, Is.Not.Negative);
            _ = (recording.Graph.StepsCached, recording.Graph.StepsRun, recording.Graph.SlowestStep, recording.Graph.ExportPhases);
            _ = recording.Graph.CacheReads.Concat(recording.Graph.CacheWrites).Select(transfer => transfer.Reason).ToList();
        }
    }

    [Test]
    public void Mutated_errors_never_throw_and_give_one_diagnostic()
    {
        var random = new Random(7);
        var errors = Recording.Names.Select(name => Recording.Play(name).ErrorLines).Where(found => found.Count > 0).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var mutated = errors[random.Next(errors.Length)].Select(line => Mutate(line, random)).ToArray();
            var found = EngineErrorClassifier.Classify(
                new BuildxResult(1, mutated, new BuildGraph()), new FailureContext(null, null, [], "", ""));
            Assert.That(found, Has.Count.EqualTo(1), string.Join('\n', mutated));
        }
    }

    private static string Mutate(string line, Random random)
    {
        var characters = line.ToList();
        for (var change = random.Next(4); change > 0 && characters.Count > 0; change--)
        {
            var at = random.Next(characters.Count);
            switch (random.Next(4))
            {
                case 0: characters.RemoveAt(at); break;
                case 1: characters[at] = Odd[random.Next(Odd.Length)]; break;
                case 2: characters.InsertRange(at, characters.Take(random.Next(Math.Min(30, characters.Count))).ToList()); break;
                default: characters.RemoveRange(at, random.Next(Math.Min(20, characters.Count - at))); break;
            }
        }

        return new string([.. characters]);
    }
}
