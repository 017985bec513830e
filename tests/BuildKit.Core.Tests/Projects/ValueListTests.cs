using BuildKit.Core.Projects;
using BuildKit.Core.Tests.Settings;

namespace BuildKit.Core.Tests.Projects;

public sealed class ValueListTests
{
    [TestCase("1.4;latest")]
    [TestCase("1.4,latest")]
    [TestCase("1.4%3Blatest")]
    [TestCase("1.4%3blatest")]
    [TestCase("1.4%2Clatest")]
    [TestCase("1.4\nlatest")]
    [TestCase("1.4\r\n latest\r\n")]
    [TestCase("\"1.4;latest\"")]
    [TestCase("'1.4;latest'")]
    [TestCase("\"1.4\";\"latest\"")]
    [TestCase("\\\"1.4;latest\\\"")]
    [TestCase(" 1.4 ; latest ;")]
    [TestCase("1.4;;latest;1.4")]
    public void Every_spelling_is_the_same_list(string text) =>
        Assert.That(ValueList.Split(text), Is.EqualTo(new[] { "1.4", "latest" }));

    [TestCase("")]
    [TestCase(" ; , \n")]
    [TestCase("\"\"")]
    public void Nothing_in_it_is_no_value(string text) => Assert.That(ValueList.Split(text), Is.Empty);

    [TestCase("1.4;latest")]
    [TestCase("1.4,latest")]
    [TestCase("1.4%3Blatest")]
    [TestCase("\\\"1.4;latest\\\"")]
    public void Tags_take_every_spelling(string text)
    {
        using var project = new TestSettings();
        project.Set("ContainerImageTags", text);
        Assert.That(project.ReadRight().Tags.Select(tag => tag.Tag), Is.EqualTo(new[] { "1.4", "latest" }));
    }
}
