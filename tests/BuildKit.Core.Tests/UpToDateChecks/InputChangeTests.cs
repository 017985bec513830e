using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.UpToDateChecks;

public sealed class InputChangeTests
{
    private static readonly Dictionary<string, string> Before = new()
    {
        ["dockerfile"] = "1",
        ["context"] = "1",
        ["tag"] = "1",
        ["argument"] = "1",
        ["layer"] = "1",
        ["command"] = "1",
        ["entrypoint"] = "1",
    };

    [TestCase("tag", "the tags changed")]
    [TestCase("argument tag", "the tags and the build arguments changed")]
    [TestCase("label argument tag platform", "the platforms, the tags and 2 more inputs changed")]
    [TestCase("label argument tag", "the tags, the labels and 1 more input changed")]
    [TestCase("command entrypoint", "the command changed")]
    [TestCase("context dockerfile", "the Dockerfile changed")]
    [TestCase("context layer", "the context changed")]
    [TestCase("context argument", "the build arguments and the context changed")]
    public void It_names_what_changed_in_words_of_the_project(string kinds, string expected)
    {
        var now = new Dictionary<string, string>(Before);
        kinds.Split(' ').ToList().ForEach(kind => now[kind] = "2");
        Assert.That(InputChange.Of(Before, now), Is.EqualTo(expected));
    }

    [Test]
    public void A_record_of_an_earlier_version_says_only_that_something_changed() =>
        Assert.That(InputChange.Of(new Dictionary<string, string>(), Before), Is.EqualTo("an input changed"));

    [TestCase("the Dockerfile changed", true)]
    [TestCase("the published files changed", true)]
    [TestCase("the tags changed", false)]
    [TestCase("the build arguments and the context changed", false)]
    public void Only_files_alone_are_told_by_their_names(string reason, bool files) => Assert.That(InputChange.IsOfFiles(reason), Is.EqualTo(files));
}
