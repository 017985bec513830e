using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Reports;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Reports;

public sealed class CiLogTests
{
    private static readonly string[] Printed = ["50% done", "##vso[task.setvariable variable=A]b", "##teamcity[buildStop]", "::add-mask::x",
        "see ##[set-env name=A]b"];

    [TestCase("GITHUB_ACTIONS",
        "::group::web 100%25\n  | 50% done\n  | ##vso[task.setvariable variable=A]b\n  | ##teamcity[buildStop]\n  | : :add-mask::x\n  | see ## "
            + "[set-env name=A]b\n::endgroup::")]
    [TestCase("TEAMCITY_VERSION",
        "##teamcity[blockOpened name='web 100%']\n  | 50% done\n  | ##vso[task.setvariable variable=A]b\n  | ## teamcity[buildStop]\n  | "
            + "::add-mask::x\n  | see ##[set-env name=A]b\n##teamcity[blockClosed name='web 100%']")]
    public void A_group_folds_what_a_step_wrote_and_lets_no_command_through(string variable, string text) =>
        Assert.That(Log(variable)!.Group("web 100%", Printed), Is.EqualTo(text));

    // GitHub: the matcher of actions/setup-dotnet marks errors with a line. Azure: nothing else does in a script step.
    [TestCase("GITHUB_ACTIONS", 0,
        "::error file=/src/a%2Cb.csproj,title=BK5001::The registry refuses to take r/a:1 (a%0Ab). Log in with a user who may push there: docker "
            + "login r")]
    [TestCase("GITHUB_ACTIONS", 3, null)]
    [TestCase("TF_BUILD", 0, "##vso[task.logissue type=error;sourcepath=/src/a,b.csproj;code=BK5001;]The registry refuses to take r/a:1 (a")]
    [TestCase("TF_BUILD", 3,
        "##vso[task.logissue type=error;sourcepath=/src/a,b.csproj;linenumber=3;columnnumber=1;code=BK5001;]The registry refuses to take r/a:1 (a")]
    [TestCase("TEAMCITY_VERSION", 3, null)]
    [TestCase("GITLAB_CI", 3, null)]
    public void An_error_is_marked_where_nothing_else_marks_it(string variable, int line, string? text)
    {
        var sink = new TextSink();
        var around = CiErrorSink.Around(sink, Environment(variable), "dotnet build");
        around.Report(ResultDiagnostics.PushDenied.At(new SourceLocation("/src/a,b.csproj", line), "r/a:1", "a\nb", "r"));
        around.Report(CacheDiagnostics.GitHubTokenMissing.At(null));
        Assert.That(sink.Lines.Where(told => !told.StartsWith("BK", StringComparison.Ordinal)),
            Is.EqualTo(text is null ? [] : new[] { "I " + text }));
    }

    [Test]
    public void Errors_are_left_to_the_logger_of_Azures_own_tasks()
    {
        var sink = new TextSink();
        Assert.That(CiErrorSink.Around(sink, Environment("TF_BUILD"),
            "MSBuild.dll -dl:CentralLogger,\"/x/Microsoft.TeamFoundation.DistributedTask.MSBuild.Logger.dll\""), Is.SameAs(sink));
    }

    // The output of a failed step stands in the error's message, indented; GitHub takes a command there too.
    [Test]
    public void An_error_that_quotes_output_commands_nothing() => Assert.That(
        Log("GITHUB_ACTIONS")!.Harmless("RUN x failed. Last output:\n    ::add-mask::x\n    a::b ##[error]c"),
        Is.EqualTo("RUN x failed. Last output:\n    : :add-mask::x\n    a::b ## [error]c"));

    [Test]
    public void A_steps_own_name_commands_nothing_either()
    {
        var sink = new TextSink();
        var recording = Recording.Of(
            """{"vertexes":[{"digest":"sha256:1","name":"[2/2] RUN echo \u001b[2J'##[add-path]/x'","started":"2026-11-24T08:00:00Z","completed":"2026-11-24T08:00:01Z"}]}""");
        var lines = new StepLines(sink, MessageLevel.Important, "web", Log("GITHUB_ACTIONS"));
        recording.Finished.ForEach(lines.Finished);
        Assert.That(sink.Lines, Is.EqualTo(new[] { "I   web [2/2] RUN echo [2J'## [add-path]/x'  1.0 s" }));
    }

    [Test]
    public void Outside_CI_there_is_nothing_of_it()
    {
        var sink = new TextSink();
        Assert.That(CiLog.Of(new BuildEnvironment { ["CI"] = "true" }), Is.Null);
        Assert.That(CiErrorSink.Around(sink, new BuildEnvironment(), ""), Is.SameAs(sink));
    }

    [Test]
    public void TeamCity_gets_figures_and_the_others_none()
    {
        using var folder = new TestFolder();
        var image = new CiImage("we'b", "r/web:1", "", "") { Figures = new Dictionary<string, string> { ["seconds"] = "1.5" } };
        var (teamCity, gitLab) = (new TextSink(), new TextSink());
        new CiSummary(Environment("TEAMCITY_VERSION"), teamCity).Built([image], folder.Path);
        new CiSummary(Environment("GITLAB_CI"), gitLab).Built([image], folder.Path);
        Assert.That(teamCity.Lines, Is.EqualTo(new[] { "I ##teamcity[buildStatisticValue key='BuildKit.we|'b.seconds' value='1.5']" }));
        Assert.That(gitLab.Lines, Is.Empty);
    }

    [Test]
    public void A_failure_is_attached_in_Azure_too()
    {
        using var folder = new TestFolder();
        var sink = new TextSink();
        new CiSummary(new BuildEnvironment { ["TF_BUILD"] = "True" }, sink).Failed("web", [EngineDiagnostics.CliNotFound.At(null)], folder.Path);
        Assert.That(sink.Lines, Is.EqualTo(new[] { $"I ##vso[task.uploadsummary]{folder.Full("web.summary.md")}" }));
        Assert.That(File.ReadAllText(folder.Full("web.summary.md")), Does.StartWith("### Image web failed"));
    }

    [Test]
    public void Steps_that_wrote_something_are_groups_of_one_message_each()
    {
        var sink = new TextSink();
        var recording = Recording.Play("success");
        var lines = new StepLines(sink, MessageLevel.Important, "web", Log("GITHUB_ACTIONS"));
        recording.Finished.ForEach(lines.Finished);
        var told = sink.Lines.Where(line => line[0] == 'I').ToList();
        Assert.That(told.Where(line => line.StartsWith("I ::group::web [", StringComparison.Ordinal)),
            Is.Not.Empty.And.All.EndsWith("\n::endgroup::"));
        Assert.That(told.Where(line => !line.Contains("::group::", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("\n"),
            "a step that wrote nothing is a line");
    }

    private static CiLog? Log(string variable) => CiLog.Of(Environment(variable));

    private static BuildEnvironment Environment(string variable) => new() { [variable] = "true" };
}
