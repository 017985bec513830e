using System.Text.RegularExpressions;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Progress;

/// <summary>
/// Builds on an engine that has nothing, with a cache in a registry. What counts as cached is what <c>--progress=plain</c> says of the
/// same build: its text stands beside each recording.
/// </summary>
public sealed partial class ColdEngineTests
{
    private static readonly string[] Recorded = ["cold-registry", "cold-inline", "cold-platforms", "cold-bake", "cold-changed"];

    [TestCaseSource(nameof(Recorded))]
    public void A_step_counts_as_plain_progress_says(string name)
    {
        var words = PlainWords(name);
        var steps = Recording.Play(name).Graph.Steps.Where(step => !step.IsInternal && !step.IsBaseImage).ToList();
        Assert.That(steps.Select(KeyOf), Is.EquivalentTo(words.Keys));
        foreach (var step in steps)
        {
            var said = words[KeyOf(step)];
            // Plain progress prints what is so at its next tick: layers that are there by then have hidden the word CACHED.
            var cached = said.Contains("CACHED") || said.Contains("layers");
            Assert.That(step.IsCached, Is.EqualTo(cached), $"{step.Name}: {string.Join(' ', said)}");
            Assert.That(step.IsPulled, Is.EqualTo(cached && said.Contains("layers")), step.Name);
        }
    }

    [Test]
    public void A_step_from_a_cache_took_the_time_of_its_layers_and_pulled_their_bytes()
    {
        var graph = Recording.Play("cold-registry").Graph;
        var pulled = graph.Steps.Single(step => step.IsPulled);
        Assert.Multiple(() =>
        {
            Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((10, 0)), "is the cache being used?");
            Assert.That(pulled.Instruction, Does.StartWith("RUN test -f /app/one"));
            Assert.That(pulled.Duration, Is.EqualTo(TimeSpan.FromSeconds(0.58)).Within(TimeSpan.FromMilliseconds(5)));
            Assert.That(graph.PulledBytes(pulled), Is.InRange(56_000_000, 57_000_000));
            Assert.That(graph.PartsOf(pulled).Select(part => part.Name), Has.Member("pulling layers"));
            Assert.That(graph.SlowestStep, Is.Null);
        });
    }

    [Test]
    public void What_was_run_after_a_change_is_told_from_what_was_fetched_for_it()
    {
        var graph = Recording.Play("cold-changed").Graph;
        Assert.That(
            graph.Steps.Where(step => step.IsPulled).Select(step => step.Instruction.Split(' ')[0] + " " + step.Stage),
            Is.EquivalentTo(new[] { "RUN build", "WORKDIR stage-2", "RUN extra" }));
        Assert.That((graph.StepsCached, graph.StepsRun), Is.EqualTo((4, 6)));
        // Opened five times, between 0.4 s and 3 s after the start.
        Assert.That(graph.Steps.Single(step => step.Stage == "build" && step.Position == 3).Duration.TotalSeconds, Is.EqualTo(2.5).Within(0.1));
    }

    [Test]
    public void A_shared_step_of_a_bake_has_all_its_targets() => Assert.That(
        Recording.Play("cold-bake").Graph.Steps.Single(step => step.Instruction.Contains("/extra; echo", StringComparison.Ordinal)).Targets,
        Is.EquivalentTo(new[] { "a", "b" }));

    private static string KeyOf(BuildStep step) => KeyOf(step.Name);

    // Which target or platform gives a shared step its name is chance.
    private static string KeyOf(string name) => SharedByPlatforms().Replace(BakeTarget().Replace(name, "["), "[build 2/5] WORKDIR");

    private static Dictionary<string, HashSet<string>> PlainWords(string name)
    {
        var (names, said) = (new Dictionary<string, string>(), new Dictionary<string, HashSet<string>>());
        foreach (var match in File.ReadAllLines(Recording.PathOf(name + ".plain.txt")).Select(line => Numbered().Match(line))
            .Where(match => match.Success))
        {
            var (number, text) = (match.Groups["number"].Value, match.Groups["text"].Value);
            if (InstructionStep().IsMatch(text))
            {
                names[number] = KeyOf(text);
                said.TryAdd(names[number], []);
            }
            else if (names.TryGetValue(number, out var step))
            {
                said[step]
                    .Add(text.StartsWith("sha256:", StringComparison.Ordinal) || text.StartsWith("extracting ", StringComparison.Ordinal)
                        ? "layers"
                        : text.Split(' ')[0]);
            }
        }

        return said;
    }

    [GeneratedRegex(@"^#(?<number>[0-9]+) (?<text>.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\[[^\]]*[0-9]+/[0-9]+\] (?!FROM )")]
    private static partial Regex InstructionStep();

    [GeneratedRegex(@"^\[linux/\S+ build 2/5\] WORKDIR")]
    private static partial Regex SharedByPlatforms();

    [GeneratedRegex(@"^\[[ab] ")]
    private static partial Regex BakeTarget();
}
