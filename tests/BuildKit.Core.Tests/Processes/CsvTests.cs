using BuildKit.Core.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.Processes;

public sealed class CsvTests
{
    [Test]
    public void What_is_joined_is_split_again() => Check.QuickThrowOnFailure(Prop.ForAll<NonEmptyArray<string?>>(fields =>
        Csv.Fields(Csv.Line(fields.Get.Select(field => field ?? ""))).SequenceEqual(fields.Get.Select(field => field ?? ""))));

    // The random strings above seldom have two of these in a row.
    [Test]
    public void Separators_and_quotes_survive_in_every_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(',', '"', '\n', ' ', 'a').ArrayOf().Select(characters => new string(characters)).NonEmptyListOf().ToArbitrary(),
        fields => Csv.Fields(Csv.Line(fields)).SequenceEqual(fields)));

    [TestCase("a,b=1", "a|b=1")]
    [TestCase("a,\"b,\"\"c\"\"\"", "a|b,\"c\"")]
    [TestCase("", "")]
    [TestCase("a,", "a|")]
    [TestCase("a\"b", "a\"b")]
    public void Reads_as_buildx_does(string line, string fields) => Assert.That(string.Join('|', Csv.Fields(line)), Is.EqualTo(fields));

    [Test]
    public void Quotes_only_what_needs_it() =>
        Assert.That(Csv.Line(["a=1", "b c", "d,e", "f\"g", " h"]), Is.EqualTo("a=1,b c,\"d,e\",\"f\"\"g\",\" h\""));
}
