using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;

namespace BuildKit.Core.Tests.EngineMessages;

public sealed class CheckResultTests
{
    private const string File = "/src/Dockerfile";

    [Test]
    public void A_warning_has_its_code_line_and_page()
    {
        var found =
            Read(
                """{"warnings":[{"ruleName":"StageNameCasing","url":"https://docs.docker.com/x","detail":"Stage name 'Base' should be lowercase","location":{"ranges":[{"start":{"line":3},"end":{"line":4}}]}}]}""").Single();
        Assert.That((found.Code, found.Message, found.HelpLink),
            Is.EqualTo(("BK3201", "StageNameCasing: Stage name 'Base' should be lowercase.", "https://docs.docker.com/x")));
        Assert.That(found.Location, Is.EqualTo(new SourceLocation(File, 3, EndLine: 4)));
    }

    // BuildKit tells both in the same way, but only one is a fault of the line.
    [TestCase("unknown instruction: COYP (did you mean COPY?)", "BK3003")]
    [TestCase("base name (${V}) should not be blank", "BK3003")]
    [TestCase("r.example.com/a:1: failed to resolve source metadata for r.example.com/a:1: r.example.com/a:1: not found", "BK3005")]
    public void What_kept_BuildKit_from_reading_the_file_has_the_code_of_its_cause(string message, string code)
    {
        var found =
            Read($$$$"""{"warnings":null,"buildError":{"message":"{{{{message}}}}","location":{"ranges":[{"start":{"line":2},"end":{"line":2}}]}}}""")
                .Single();
        Assert.That((found.Code, found.Location), Is.EqualTo((code, new SourceLocation(File, 2))), found.Message);
    }

    [Test]
    public void Other_text_is_no_result() => Assert.That(CheckResult.TryRead("ERROR: no engine", File), Is.Null);

    private static IReadOnlyList<Diagnostic> Read(string json) => CheckResult.TryRead(json, File)!;
}
