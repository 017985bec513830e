using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.DevSpace;

public sealed class DevSpaceFlagsTests
{
    [TestCase("A=1", "A=1")]
    [TestCase("A=1;B=2", "A=1|B=2")]
    [TestCase("A=1%3BB=2", "A=1|B=2")]
    [TestCase("A=x;y", "A=x;y")]
    [TestCase("A=x=y, z", "A=x=y, z")]
    [TestCase("", "")]
    public void Variables_are_given_as_on_the_command_line_of_DevSpace(string text, string expected) =>
        Assert.That(string.Join('|', DevSpaceFlags.Variables(text, new SourceLocation("p")).Select(pair => $"{pair.Key}={pair.Value}")),
            Is.EqualTo(expected));

    [TestCase("x")]
    [TestCase("=x")]
    public void What_is_no_variable_is_refused(string text) => Assert.That(
        () => DevSpaceFlags.Variables(text, new SourceLocation("p")),
        Throws.TypeOf<DiagnosticException>().With.Message.StartsWith("BK6123"));

    [Test]
    public void Profiles_keep_their_repetitions() => Assert.That(DevSpaceFlags.Profiles("a;b,a"), Is.EqualTo(new[] { "a", "b", "a" }));
}
