using System.Text;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>
/// Input that nobody wrote on purpose: each reader gives a result or the one failure that its documentation names, soon and in
/// little memory. How the inputs ended is in the output of the test.
/// </summary>
[NonParallelizable]
public sealed class ParserFuzzTests
{
    private static readonly TestFolder Folder = new();

    private static IReadOnlyList<FuzzedParser> Parsers => new Parsers(Folder).All;

    [OneTimeTearDown]
    public static void RemoveFolder() => Folder.Dispose();

    [TestCaseSource(nameof(Parsers))]
    public void Mutated_inputs_end_as_documented(object parser) => Run((FuzzedParser)parser, 400, seed: 1);

    [TestCaseSource(nameof(Parsers))]
    [Category("Long")]
    public void Many_mutated_inputs_end_as_documented(object parser) => Run((FuzzedParser)parser, 8_000, seed: 2);

    [TestCaseSource(nameof(Parsers))]
    public void A_good_input_is_read(object parser)
    {
        foreach (var input in ((FuzzedParser)parser).Seeds)
        {
            Assert.That(((FuzzedParser)parser).Try(input).Wrong, Is.Null);
        }
    }

    private static void Run(FuzzedParser parser, int count, int seed)
    {
        var random = new Random(seed);
        var endings = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new Dictionary<string, (int Count, string Example)>(StringComparer.Ordinal);
        parser.Try(parser.Seeds[0]);
        for (var i = 0; i < count; i++)
        {
            var input = Mutation.Of(parser.Seeds, random);
            var (ending, problem) = parser.Try(input);
            endings[ending] = endings.GetValueOrDefault(ending) + 1;
            if (problem is not null)
            {
                var kind = problem.Split('\n')[0];
                wrong[kind] = (wrong.GetValueOrDefault(kind).Count + 1, $"{problem}\ninput {i}, {input.Length} bytes:\n{Shown(input)}");
            }
        }

        TestContext.Out.WriteLine($"{parser}: {string.Join(", ", endings.Select(ending => $"{ending.Value} {ending.Key}"))}");
        Assert.That(wrong, Is.Empty, () => string.Join("\n\n", wrong.Values.Take(3).Select(one => $"{one.Count} times: {one.Example}")));
    }

    private static string Shown(byte[] input) => Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, 1500)));
}
