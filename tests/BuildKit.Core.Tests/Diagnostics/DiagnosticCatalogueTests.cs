using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class DiagnosticCatalogueTests
{
    private static IReadOnlyList<DiagnosticDescriptor> All => DiagnosticCatalogue.All;

    [Test]
    public void Codes_are_unique() => Assert.That(All.Select(entry => entry.Code), Is.Unique);

    [Test]
    public void Codes_have_four_digits_and_a_range_that_exists() =>
        Assert.That(All.Select(entry => entry.Code), Is.All.Match("^BK[12345679][0-9]{3}$"));

    [TestCase(typeof(EngineDiagnostics), "BK1")]
    [TestCase(typeof(BuilderDiagnostics), "BK1")]
    [TestCase(typeof(DoctorDiagnostics), "BK1")]
    [TestCase(typeof(PropertyDiagnostics), "BK2")]
    [TestCase(typeof(DockerfileDiagnostics), "BK3[01]")]
    [TestCase(typeof(LintDiagnostics), "BK32")]
    [TestCase(typeof(ProjectCheckDiagnostics), "BK330")]
    [TestCase(typeof(LayerCheckDiagnostics), "BK33[12]")]
    [TestCase(typeof(CacheDiagnostics), "BK4")]
    [TestCase(typeof(ResultDiagnostics), "BK5")]
    [TestCase(typeof(PruningDiagnostics), "BK7")]
    [TestCase(typeof(DevSpaceDiagnostics), "BK61")]
    [TestCase(typeof(InternalDiagnostics), "BK9")]
    public void Each_entry_is_in_the_file_of_its_range(Type range, string pattern) =>
        Assert.That(
            range.GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().Select(entry => entry.Code),
            Is.All.Match("^" + pattern));

    [TestCaseSource(nameof(All))]
    public void Texts_are_whole_sentences(DiagnosticDescriptor entry)
    {
        Assert.Multiple(() =>
        {
            Assert.That(entry.Title, Is.Not.Empty.And.Not.EndsWith("."));
            Assert.That(entry.MessageFormat, Does.Match(@"[.?)}]$"));
            Assert.That(entry.Cause, Does.Match(@"[.]$"));
            Assert.That(entry.Remedy, Does.Match(@"[.]$"));
        });
    }

    [TestCaseSource(nameof(All))]
    public void What_an_engine_says_brings_no_second_full_stop(DiagnosticDescriptor entry)
    {
        var count = Regex.Matches(entry.MessageFormat, @"\{([0-9]+)\}").Select(match => match.Groups[1].Value).Distinct().Count();
        Assert.That(entry.With([.. Enumerable.Range(0, count).Select(number => $"<{number}>.")]).Message, Does.Not.Match(@">\.(\.(?!\.)|[,;:)])"));
    }

    [TestCaseSource(nameof(All))]
    public void Messages_can_be_made_from_as_many_arguments_as_they_name(DiagnosticDescriptor entry)
    {
        var numbers = Regex.Matches(entry.MessageFormat, @"\{([0-9]+)\}")
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, numbers.Count)), "numbered without gaps");
        Assert.That(entry.With([.. numbers.Select(number => $"<{number}>")]).Message, Does.Not.Contain("{"));
    }
}
