using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Tests.Dockerfiles;

public sealed class CopySourcesTests
{
    [TestCase("COPY a b/c /d", "a b/c")]
    [TestCase("COPY [\"a b\", \"c\", \"/d\"]", "a b|c")]
    [TestCase("COPY --chown=1:1 --link [\"a\",\"d\"]", "a")]
    [TestCase("COPY \"a\" 'b' /d", "a b")]
    [TestCase("copy src/*/*.csproj ./", "src/*/*.csproj")]
    [TestCase("COPY --from=build /app .", "")]
    [TestCase("COPY --from=publish . /app", "")]
    [TestCase("COPY <<EOF a /d\nx\nEOF", "a")]
    [TestCase("COPY a \\\n # no\n b \\\n /d", "a b")]
    [TestCase("ADD a https://x.org/y.tgz git@github.com:a/b.git ssh://g/a.git http://h/i \"https://q/r\" /d", "a")]
    [TestCase("ADD github.com/a/b /d", "github.com/a/b")]
    [TestCase("# escape=`\nCOPY src\\app c:\\app", "src/app")]
    [TestCase("RUN --mount=type=bind,source=a/b,target=/c x", "a/b")]
    [TestCase("RUN --mount=target=/c,src=a --mount=type=bind,source=b,target=/d x", "a b")]
    [TestCase("RUN --mount=type=bind,from=build,source=a,target=/c x", "")]
    [TestCase("RUN --mount=type=cache,source=a,target=/c x", "")]
    [TestCase("RUN --mount=type=bind,target=. x", "")]
    [TestCase("ONBUILD COPY a b", "")]
    [TestCase("COPY only-destination", "")]
    [TestCase("CMD a b", "")]
    public void Are_what_is_read_from_the_context(string text, string expected) =>
        Assert.That(Of(text).Select(source => source.Path),
            Is.EqualTo(expected.Split(expected.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries)));

    [TestCase("COPY ${A}/b .", true)]
    [TestCase("COPY $A .", true)]
    [TestCase("COPY a${A#x} .", true)]
    [TestCase("RUN --mount=source=$A,target=/b x", true)]
    [TestCase("COPY \\$A .", false)]
    [TestCase("COPY a$.txt .", false)]
    [TestCase("COPY '$A' .", false)]
    public void Tell_whether_a_variable_is_in_them(string text, bool expected) =>
        Assert.That(Of(text).Single().HasVariables, Is.EqualTo(expected));

    [Test]
    public void Know_their_instruction() =>
        Assert.That(Of("FROM x\n\nADD a b"), Is.EqualTo(new[] { new CopySource("a", "ADD", 3, false) }));

    private static IReadOnlyList<CopySource> Of(string text) => CopySources.Of(Dockerfile.Parse("Dockerfile", text));
}
