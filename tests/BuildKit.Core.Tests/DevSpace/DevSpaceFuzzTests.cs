using System.Diagnostics;
using BuildKit.Core.Compose;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>Files that nobody wrote on purpose: a diagnostic or a result, soon, never an exception.</summary>
[NonParallelizable]
public sealed class DevSpaceFuzzTests
{
    private static readonly string[] Scraps =
    [
        "${", "}", "$(", ")", "*", "&a ", "*a", "<<: ", "{", "[", "]", ": ", "- ", "\t", "\0", "#", "!!binary ", "---\n", "...\n", "|\n", ">-\n",
        "%", "\"", "'",
        "images.", "..", "[?(@", "[*]", "/", "null", "~", "${A}", "$!{A}", "$$", "0x", "1e999", "\u2028", "?", "@", "`", "\uFEFF", "\ud800",
    ];

    private static IReadOnlyList<string> Seeds { get; } =
        [.. Directory.EnumerateFiles(SourceFolder.Of("DevSpace/Corpus"), "*.yaml")
            .Concat(Directory.EnumerateFiles(SourceFolder.Of("Compose/Corpus"), "*.yaml")).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    [Test]
    public void Three_thousand_mutated_files_end_in_a_result_or_a_diagnostic() => Run(3_000, seed: 1);

    [Test]
    [Category("Long")]
    public void A_hundred_thousand_mutated_files_end_in_a_result_or_a_diagnostic() => Run(100_000, seed: 2);

    [TestCase("{a: ", 20_000)]
    [TestCase("[", 50_000)]
    [TestCase("- ", 50_000)]
    [TestCase("? ", 20_000)]
    [TestCase("${A", 20_000)]
    [TestCase("images: {a: &a {<<: *a, ", 2_000)]
    public void Endless_nesting_ends_in_a_diagnostic(string part, int times)
    {
        using var folder = new TestFolder();
        Assert.That(Read(folder, "version: v2beta1\nimages: " + string.Concat(Enumerable.Repeat(part, times))), Is.LessThan(Limit));
    }

    [Test]
    public void Anchors_that_multiply_end_in_a_diagnostic()
    {
        using var folder = new TestFolder();
        var bomb = "version: v2beta1\nvars:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"  a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.That(Read(folder, bomb), Is.LessThan(Limit));
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    private static void Run(int count, int seed)
    {
        using var folder = new TestFolder();
        var random = new Random(seed);
        Read(folder, Seeds[0]);
        for (var i = 0; i < count; i++)
        {
            var text = Mutate(Seeds[random.Next(Seeds.Count)], random);
            TimeSpan time;
            try
            {
                time = Read(folder, text);
                // A machine that is busy is no fault of the reader: only what is slow twice is slow.
                time = time < Limit ? time : Read(folder, text);
            }
            catch (Exception failure)
            {
                throw new AssertionException($"input {i}: {failure}\n{text}");
            }

            Assert.That(time, Is.LessThan(Limit), $"input {i}:\n{text}");
        }
    }

    private static TimeSpan Read(TestFolder folder, string text)
    {
        var file = folder.Full("devspace.yaml");
        File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(text));
        var environment = new BuildEnvironment { ["CI"] = "true" };
        var clock = Stopwatch.StartNew();
        DevSpaceImages.Describe(file, new DevSpaceOptions
        {
            Profiles = ["p"],
            Environment = environment,
            IntermediateFolder = folder.Full("obj"),
        }, new CollectingSink());
        ComposeImages.Describe([file], new ComposeOptions { Environment = environment, IntermediateFolder = folder.Full("obj") },
            new CollectingSink());
        return clock.Elapsed;
    }

    private static string Mutate(string text, Random random)
    {
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(1, 30), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Scraps[random.Next(Scraps.Length)]),
                3 => text[..at] + (char)random.Next(32, 127) + text[Math.Min(at + 1, text.Length)..],
                4 => Other(text, random),
                _ => text.Insert(at, "\n" + new string(' ', random.Next(8))),
            };
        }

        return text;
    }

    // A line of another file in the place of one of this.
    private static string Other(string text, Random random)
    {
        var lines = text.Split('\n');
        var others = Seeds[random.Next(Seeds.Count)].Split('\n');
        lines[random.Next(lines.Length)] = others[random.Next(others.Length)];
        return string.Join('\n', lines);
    }
}
