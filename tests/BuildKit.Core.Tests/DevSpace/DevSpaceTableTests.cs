using BuildKit.Core.DevSpace;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>Small files, each with the value that DevSpace makes of them and the place in its documentation or source that says so.</summary>
public sealed class DevSpaceTableTests
{
    private static IReadOnlyList<TableCase> Cases { get; } = TableCase.In(SourceFolder.Of("DevSpace/Tables"));

    private static IEnumerable<TestCaseData> Sources => Cases.Select(one =>
        one.Options("commands").Any() ? DevSpaceCorpusTests.NeedsShell(new TestCaseData(one)) : new TestCaseData(one));

    [TestCaseSource(nameof(Sources))]
    public void File_gives_what_DevSpace_makes_of_it(object oneCase)
    {
        var one = (TableCase)oneCase;
        using var folder = new TestFolder();
        var file = one.Write(folder, "devspace.yaml");
        var sink = new CollectingSink();
        var images = DevSpaceImages.Describe(file, one.DevSpaceOptions(folder), sink);
        one.Check(images.ToDictionary(image => image.Name, image => ImageFacts.Of(image, folder.Full("p"))), sink.Found);
    }

    [Test]
    public void There_are_at_least_150_cases_and_each_names_its_source()
    {
        Assert.That(Cases, Has.Count.GreaterThanOrEqualTo(150));
        Assert.That(Cases.Where(one => one.Source.Length == 0), Is.Empty);
        Assert.That(Cases.Select(one => one.Name), Is.Unique);
    }
}
