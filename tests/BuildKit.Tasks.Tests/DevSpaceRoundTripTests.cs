using BuildKit.Core.DevSpace;
using BuildKit.Core.Tests;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Tasks.Tests;

/// <summary>
/// What is imported from devspace.yaml builds the same images in a fresh clone that has no devspace.yaml any more: each case of
/// the tables and of the corpus is imported, the written file is evaluated by MSBuild, and the requests are compared. Then the
/// clone is exported again, and each command of the export builds its image and no other.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class DevSpaceRoundTripTests
{
    // The others have something wrong, or no image.
    private const int AtLeast = 150;

    private static IReadOnlyList<TableCase> Table { get; } = TableCase.In(SourceFolder.Of("DevSpace/Tables"));

    private static IReadOnlyList<string> Corpus { get; } =
        [.. Directory.EnumerateFiles(SourceFolder.Of("DevSpace/Corpus"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    private static IEnumerable<TestCaseData> Cases { get; } =
        [.. Table.Where(one => HasImages(Open(one))).Select(one => new TestCaseData(one).SetArgDisplayNames(one.Name)),
            .. Corpus.Where(name => HasImages(Open(name))).Select(name => new TestCaseData(name))];

    [TestCaseSource(nameof(Cases))]
    public void What_is_imported_builds_the_same_request_in_a_fresh_clone(object oneCase)
    {
        using var imported = Open(oneCase);
        var (first, second) = (imported.Requests(), imported.Requests());
        Assert.That(first, Is.Not.Empty);
        if (!imported.Import())
        {
            // A credential in a Dockerfile, for which there is no other place: it is refused.
            Assert.That(imported.Refusals, Is.EqualTo(new[] { "BK6118" }));
            return;
        }

        using var clone = imported.Clone();
        var found = clone.Requests("");
        Assert.Multiple(() =>
        {
            Assert.That(found.Keys, Is.EqualTo(first.Keys));
            foreach (var (name, request) in first)
            {
                Assert.That(RequestText.WithoutChance(found[name], request, second[name]),
                    Is.EqualTo(RequestText.WithoutChance(request, request, second[name])), name);
            }
        });
    }

    [TestCaseSource(nameof(Cases))]
    public void Each_command_of_the_export_builds_its_image_with_the_tag_of_DevSpace(object oneCase)
    {
        using var imported = Open(oneCase);
        if (!imported.Import())
        {
            Assert.That(imported.Refusals, Is.EqualTo(new[] { "BK6118" }));
            return;
        }

        using var clone = imported.Clone();
        var commands = clone.Export();
        Assert.That(commands, Has.Count.EqualTo(clone.Requests("").Count));
        foreach (var (image, properties) in commands)
        {
            Assert.That(clone.References(properties), Is.EqualTo(new[] { $"{image}:from-devspace" }));
        }
    }

    [Test]
    public void Most_cases_have_images_to_compare() => Assert.That(Cases.Count(), Is.GreaterThanOrEqualTo(AtLeast));

    private static ImportedCase Open(object oneCase) => oneCase is TableCase table ? ImportedCase.Of(table) : ImportedCase.Of((string)oneCase);

    private static bool HasImages(ImportedCase opened)
    {
        using (opened)
        {
            return DevSpaceImages.Describe(opened.File, opened.Options, new CollectingSink()).Count > 0;
        }
    }
}
