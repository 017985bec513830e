using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.EngineMessages;

public sealed class LintWarningsTests
{
    [TestCase("lint-warning")]
    [TestCase("lint-error")]
    public void Each_check_has_its_code_line_and_page(string name)
    {
        var found = LintWarnings.Of(Recording.Play(name).Graph, Recording.Dockerfile);
        Assert.That(
            found.Select(diagnostic => (diagnostic.Code, diagnostic.Location!.File, diagnostic.Location.Line)),
            Is.EquivalentTo(new[]
            {
                ("BK3201", Recording.Dockerfile, 1),
                ("BK3204", Recording.Dockerfile, 1),
                ("BK3216", Recording.Dockerfile, 2),
                ("BK3210", Recording.Dockerfile, 4),
                ("BK3207", Recording.Dockerfile, 6),
            }));
        Assert.That(found.Select(diagnostic => diagnostic.Severity), Is.All.EqualTo(DiagnosticSeverity.Warning));
        Assert.That(found[0].Message, Is.EqualTo("StageNameCasing: Stage name 'Base' should be lowercase."));
        Assert.That(found[0].HelpLink, Is.EqualTo("https://docs.docker.com/go/dockerfile/rule/stage-name-casing/"));
    }

    [Test]
    public void The_same_warning_is_given_once()
    {
        var graph = new BuildGraph();
        var warning = new WarningEvent("v", 1, "NewRule: so and so (line 3)", "", "Dockerfile", [new(3, 3), new(4, 5)]);
        graph.Apply(new([], [], [], [warning, warning with { Vertex = "w" }]));
        var found = LintWarnings.Of(graph, "/src/Dockerfile").Single();
        Assert.That(found.Code, Is.EqualTo("BK3200"));
        Assert.That(found.Message, Is.EqualTo("NewRule: so and so."));
        Assert.That(found.Location, Is.EqualTo(new SourceLocation("/src/Dockerfile", 3, EndLine: 5)));
        Assert.That(found.HelpLink, Is.Null);
    }

    [Test]
    public void Without_a_Dockerfile_of_the_users_there_is_no_line() =>
        Assert.That(LintWarnings.Of(Recording.Play("lint-warning").Graph, null).Select(found => found.Location), Is.All.Null);
}
