using BuildKit.Core.Compose;
using BuildKit.Core.Environments;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Core.Tests.Compose;

/// <summary>
/// Small compose files, each with the value that Compose makes of them and where that is known from. "docker buildx bake
/// --print" reads the same files, unless a case says why it cannot, and has to find the same.
/// </summary>
[Platform("Linux")]
public sealed class ComposeTableTests
{
    private static IReadOnlyList<TableCase> Cases { get; } = TableCase.In(SourceFolder.Of("Compose/Tables"));

    private static IEnumerable<TableCase> Printed => Cases.Where(one => !one.Options("not-bake").Any());

    [TestCaseSource(nameof(Cases))]
    public void File_gives_what_Compose_makes_of_it(object oneCase)
    {
        var one = (TableCase)oneCase;
        using var folder = new TestFolder();
        one.Write(folder, "compose.yaml");
        var sink = new CollectingSink();
        var images = ComposeImages.Describe(Files(one, folder), OptionsOf(one, folder), sink);
        one.Check(images.ToDictionary(image => image.Name, image => ImageFacts.Of(image, folder.Full("p"))), sink.Found);
    }

    [TestCaseSource(nameof(Printed))]
    public void File_gives_what_bake_prints(object oneCase)
    {
        var one = (TableCase)oneCase;
        using var folder = new TestFolder();
        one.Write(folder, "compose.yaml");
        var images = ComposeImages.Describe(Files(one, folder), OptionsOf(one, folder), new CollectingSink());
        var printed = BakePrint.Of(folder.Full("p"), Files(one, folder), one.Pairs("env"));
        Assert.That(images.Select(image => image.Name), Is.SubsetOf(printed.Keys).And.Not.Empty);
        if (!one.Options("services").Any() && !one.Options("dockerfile").Any() && !one.Options("profiles").Any() && !one.Options("no-profile").Any())
        {
            Assert.That(printed.Keys, Is.EquivalentTo(images.Select(image => image.Name)));
        }

        foreach (var image in images)
        {
            var environment = new Dictionary<string, string>(one.Pairs("env")) { ["HOME"] = "/home/someone" };
            Assert.That(BakeFacts.Of(image, folder.Full("p"), environment), Is.EqualTo(BakeFacts.Of(printed[image.Name], image, folder.Full("p"))),
                image.Name);
        }
    }

    [Test]
    public void There_are_at_least_80_cases_each_names_its_source_and_bake_judges_most()
    {
        Assert.That(Cases, Has.Count.GreaterThanOrEqualTo(80));
        Assert.That(Cases.Where(one => one.Source.Length == 0), Is.Empty);
        Assert.That(Cases.Select(one => one.Name), Is.Unique);
        Assert.That(Printed.Count(), Is.GreaterThanOrEqualTo(55));
    }

    private static List<string> Files(TableCase one, TestFolder folder) =>
        [.. one.Options("files").SelectMany(value => value.Split(' ')).DefaultIfEmpty("compose.yaml").Select(file => folder.Full("p/" + file))];

    private static ComposeOptions OptionsOf(TableCase one, TestFolder folder) => new()
    {
        Environment = new BuildEnvironment(one.Pairs("env")) { ["HOME"] = "/home/someone" },
        Profiles = [.. one.Options("profiles").SelectMany(value => value.Split(' '))],
        Services = [.. one.Options("services").SelectMany(value => value.Split(' '))],
        Dockerfile = one.Options("dockerfile").Select(path => folder.Full("p/" + path)).FirstOrDefault(""),
        Tags = [.. one.Options("tags").SelectMany(value => value.Split(' '))],
        Registry = one.Options("registry").FirstOrDefault(""),
        IntermediateFolder = folder.Full("p/obj"),
    };
}
