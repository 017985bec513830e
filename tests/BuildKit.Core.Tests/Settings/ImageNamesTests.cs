using BuildKit.Core.Images;
using BuildKit.Core.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.Settings;

public sealed class ImageNamesTests
{
    [Test]
    public void Without_settings_the_image_is_named_after_the_project_and_tagged_latest()
    {
        using var project = new TestSettings();
        Assert.That(Tags(project), Is.EqualTo(new[] { "shop-api:latest" }));
    }

    [Test]
    public void Every_tag_goes_to_every_registry()
    {
        using var project = new TestSettings();
        project.Set("ContainerRegistry", "a.example.com;localhost:5000").Set("ContainerRepository", "team/Shop Api").Set("ContainerImageTags", "1;2");
        Assert.That(Tags(project), Is.EqualTo(new[]
        {
            "a.example.com/team/shop-api:1", "a.example.com/team/shop-api:2", "localhost:5000/team/shop-api:1", "localhost:5000/team/shop-api:2",
        }));
    }

    [TestCase("ContainerImageTag", "1", "ContainerImageTags", "2;1", "1 2")]
    [TestCase("PublishImageTag", "9", "ContainerImageTag", "1", "9")]
    public void Tags_of_several_properties_are_joined_and_Visual_Studios_wins(string first, string firstValue, string second, string secondValue,
        string expected)
    {
        using var project = new TestSettings();
        project.Set(first, firstValue).Set(second, secondValue);
        Assert.That(string.Join(' ', project.ReadRight().Tags.Select(tag => tag.Tag)), Is.EqualTo(expected));
    }

    [Test]
    public void Visual_Studios_registry_wins_and_its_older_image_name_does_not()
    {
        using var project = new TestSettings();
        project.Set("RegistryUrl", "vs.example.com").Set("ContainerRegistry", "sdk.example.com")
            .Set("ContainerImageName", "old").Set("ContainerRepository", "new");
        Assert.That(Tags(project), Is.EqualTo(new[] { "vs.example.com/new:latest" }));
    }

    [Test]
    public void The_older_image_name_counts_alone()
    {
        using var project = new TestSettings();
        project.Set("ContainerImageName", "old");
        Assert.That(Tags(project), Is.EqualTo(new[] { "old:latest" }));
    }

    [Test]
    public void A_generated_tag_is_a_time_in_the_place_of_the_one_tag_and_beside_the_others()
    {
        using var project = new TestSettings();
        project.Set("AutoGenerateImageTag", "True").Set("PublishImageTag", "9");
        Assert.That(project.ReadRight().Tags.Single().Tag, Does.Match("^20[0-9]{12}$"));
        project.Set("ContainerImageTags", "a");
        Assert.That(string.Join(' ', project.ReadRight().Tags.Select(tag => tag.Tag)), Does.Match("^20[0-9]{12} a$"));
    }

    [TestCase("Shop.Api", "shop-api")]
    [TestCase("Shop__Api", "shop__api")]
    [TestCase("My__App", "my__app")]
    [TestCase("A..b", "a--b")]
    [TestCase("Größe", "gr--e")]
    [TestCase("Shop.Api.", "shop-api")]
    [TestCase("a___b", "a_b")]
    [TestCase("-Größe/ -x-", "gr-e/x")]
    [TestCase("***", "image")]
    public void A_name_becomes_a_repository(string name, string expected) => Assert.That(ImageNames.Normalise(name), Is.EqualTo(expected));

    [TestCase("日本", "BK2002", "The image's name is \"日本\"")]
    [TestCase("Ünïcode", "BK2002", "does not begin with a letter")]
    [TestCase("_Private", "BK2002", "set ContainerRepository")]
    [TestCase("Größe", "BK2034", "is called gr--e")]
    public void A_project_whose_name_is_lost_is_told(string name, string code, string words)
    {
        using var project = new TestSettings();
        project.Read(name);
        Assert.That(project.Sink.Diagnostics.Select(found => found.Code), Is.EqualTo(new[] { code }));
        Assert.That(project.Sink.Diagnostics[0].Message, Does.Contain(words));
    }

    [TestCase("日本")]
    [TestCase("_Private")]
    public void A_project_with_a_repository_may_be_called_as_it_likes(string name)
    {
        using var project = new TestSettings();
        project.Set("ContainerRepository", "private");
        Assert.That(project.ReadRight(name).Tags.Single().ToString(), Is.EqualTo("private:latest"));
    }

    [Test]
    public void Any_name_becomes_a_valid_repository() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string?>(name =>
            ImageNames.Normalise(name ?? "") is var repository && (repository.Length > 255 || ImageReference.IsRepository(repository))));

    [Test]
    public void The_only_tag_is_the_only_one_whatever_the_project_and_its_definitions_say()
    {
        using var project = new TestSettings("FROM scratch\n");
        project.Set("ContainerRepository", "app").Set("ContainerImageTag", "1").Set("ContainerImageTags", "2").Set("AutoGenerateImageTag", "true");
        Assert.That(Tags(project.Set("BuildKitOnlyTag", "3")), Is.EqualTo(new[] { "app:3" }));
    }

    private static IEnumerable<string> Tags(TestSettings project) => project.ReadRight().Tags.Select(tag => tag.ToString());
}
