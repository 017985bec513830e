using BuildKit.Core.Projects;

namespace BuildKit.Tasks.Tests;

/// <summary>What is made from the tables of properties and items is what the repository has.</summary>
public sealed class GeneratedFilesTests
{
    private static readonly string Reference = Repository.PathOf("docs/reference.md");

    [Test]
    public void The_targets_hand_over_what_the_tables_say() => AssertIs("build/BuildKit.Tasks.Properties.targets", PropertyTargets.Properties());

    [Test]
    public void The_targets_set_the_defaults_of_the_table() => AssertIs("build/BuildKit.Tasks.Defaults.targets", PropertyTargets.Defaults());

    [Test]
    public void The_reference_has_the_tables() => AssertIs("docs/reference.md", ReferenceTables.Render(File.ReadAllText(Reference)));

    [Test]
    public void The_reference_has_a_place_for_each_heading()
    {
        var text = File.ReadAllText(Reference);
        Assert.That(ReferenceTables.HeadingsIn(text, "properties"),
            Is.EquivalentTo(PropertyTable.Sections.Select(section => section.Heading).Where(heading => heading.Length > 0)));
        Assert.That(ReferenceTables.HeadingsIn(text, "items"),
            Is.EquivalentTo(ItemTable.All.Select(item => item.Heading).Where(heading => heading.Length > 0).Distinct()));
    }

    [Test]
    public void A_name_stands_once_in_a_table_and_says_what_it_means()
    {
        Assert.That(PropertyTable.All.Select(property => property.Name), Is.Unique);
        Assert.That(ItemTable.All.Select(item => item.Name), Is.Unique);
        Assert.That(PropertyTable.All.Where(property => property.Meaning.Length == 0 && !property.Use.HasFlag(PropertyUse.Fact)), Is.Empty);
        Assert.That(
            PropertyTable.All.Where(property => (property.Kind is PropertyKind.Choice or PropertyKind.Choices) != (property.Values.Count > 0)),
            Is.Empty);
        Assert.That(
            PropertyTable.All.Where(property => property.Kind == PropertyKind.Choice && property.Default.Length > 0
                && !property.Values.Contains(property.Default)), Is.Empty);
    }

    private static void AssertIs(string file, string expected)
    {
        var path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo(expected), "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
    }
}
