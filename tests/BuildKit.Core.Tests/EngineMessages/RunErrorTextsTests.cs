using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.EngineMessages;

/// <summary>What is said of a RUN step that fails: its command, its output, and the causes that the output gives away.</summary>
public sealed class RunErrorTextsTests
{
    [TestCase("RUN echo \"a   b\"   c 'd   e'", "RUN echo \"a   b\" c 'd   e' failed")]
    [TestCase("RUN printf \"it's   one\"   two", "RUN printf \"it's   one\" two failed")]
    public void Quoted_words_of_a_command_keep_their_spaces(string source, string shown)
    {
        Assert.That(
            EngineErrorTexts.Classify(
                $"ERROR: failed to build: failed to solve: process \"/bin/sh -c {source[4..]}\" did not complete successfully: exit code: "
                    + "1").Message, Does.StartWith(shown));
    }

    [Test]
    public void A_failed_RUN_step_names_its_stage_and_platform_and_shows_the_last_20_lines()
    {
        var graph = new BuildGraph();
        const string error = "process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1";
        graph.Apply(new(
            [new("v", "[linux/arm64 build 2/3] RUN --mount=type=cache,target=/root/.npm  npm ci", [], DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddSeconds(1), false, error)],
            [],
            [new("v", 2, System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 30).Select(n => $"line {n}\n"))))],
            []));
        var diagnostic = EngineErrorTexts.Classify(graph, EngineErrorTexts.Solve + error);
        Assert.That(diagnostic.Message,
            Does.StartWith("RUN npm ci failed with exit code 1 in stage \"build\" for linux/arm64. Last output:\n    line 11\n"));
        Assert.That(diagnostic.Message, Does.EndWith("\n    line 30"));
    }

    [TestCase("137", "Killed", "BK1017", "RUN make in stage \"build\", exit code 137")]
    [TestCase("1", "npm ERR! ENOSPC: no space left on device, write", "BK1013", "RUN make: npm ERR! ENOSPC: no space left on device, write")]
    public void What_a_step_printed_last_can_tell_the_cause(string exitCode, string line, string code, string words)
    {
        var graph = new BuildGraph();
        var error = $"process \"/bin/sh -c make\" did not complete successfully: exit code: {exitCode}";
        graph.Apply(new(
            [new("v", "[build 2/3] RUN make", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), false, error)],
            [],
            [new("v", 2, System.Text.Encoding.UTF8.GetBytes(line + "\n"))],
            []));
        var diagnostic = EngineErrorTexts.Classify(graph, "Dockerfile:9", "--------------------", "   9 | >>> RUN make", "--------------------",
            EngineErrorTexts.Solve + error);
        Assert.That((diagnostic.Code, diagnostic.Location!.Line), Is.EqualTo((code, 9)));
        Assert.That(diagnostic.Message, Does.Contain(words));
    }

    [Test]
    public void The_summary_of_dotnet_build_repeats_no_error()
    {
        const string error = "/src/Program.cs(12,9): error CS0103: The name 'Foo' does not exist in the current context [/src/Shop.csproj]";
        var graph = Run("RUN dotnet build", $"{error}\n\nBuild FAILED.\n\n{error}\n    0 Warning(s)\n    1 Error(s)\n");
        var message = EngineErrorTexts.Classify(graph,
            EngineErrorTexts.Solve + "process \"/bin/sh -c dotnet build\" did not complete successfully: exit code: 1").Message;
        Assert.That(message.Split("CS0103"), Has.Length.EqualTo(2), message);
        Assert.That(message, Does.Contain("Build FAILED.").And.Contain("1 Error(s)"));
    }

    [Test]
    public void A_project_that_a_command_does_not_find_names_the_context()
    {
        var graph = Run("RUN dotnet restore Shop.csproj", "MSBUILD : error MSB1009: Project file does not exist.\n");
        var message = EngineErrorClassifier.Classify(
            new BuildxResult(1, [EngineErrorTexts.Solve + "process \"/bin/sh -c dotnet restore\" did not complete successfully: exit code: 1"],
                graph),
            new FailureContext("/src/Dockerfile", "/src (the Dockerfile's folder)", [], "", "")).Single().Message;
        Assert.That(message, Does.EndWith("\n    The build context is /src (the Dockerfile's folder)."));
    }

    [TestCase("\r\n", "BK3109",
        "Save the Dockerfile with LF, and add \"Dockerfile text eol=lf\" to .gitattributes. Last output:\n    /bin/sh: 1: set: Illegal option -")]
    [TestCase("\n", "BK3101", "Illegal option -")]
    public void Windows_line_ends_in_a_heredoc_are_named_as_the_cause(string lineEnd, string code, string words)
    {
        using var folder = new TestFolder();
        var path = folder.Write("Dockerfile", string.Join(lineEnd, "FROM debian", "RUN <<EOF", "set -eu", "EOF", ""));
        var graph = Run("RUN <<EOF (set -eu)", "/bin/sh: 1: set: Illegal option -\r\n");
        var diagnostic = EngineErrorClassifier.Classify(
            new BuildxResult(1,
                ["Dockerfile:2", "--------------------", "   2 | >>> RUN <<EOF", "   3 | >>> set -eu", "   4 | >>> EOF", "--------------------",
                    EngineErrorTexts.Solve + "process \"/bin/sh -c set -eu\" did not complete successfully: exit code: 2"], graph),
            new FailureContext(path, null, [], "", "")).Single();
        Assert.That((diagnostic.Code, diagnostic.Message.Contains(words, StringComparison.Ordinal)), Is.EqualTo((code, true)), diagnostic.Message);
    }

    private static BuildGraph Run(string instruction, string output)
    {
        var graph = new BuildGraph();
        var end = DateTimeOffset.UnixEpoch.AddSeconds(1);
        graph.Apply(new(
            [new("a", "[2/2] " + instruction, [], DateTimeOffset.UnixEpoch, end, false, "process did not complete successfully: exit code: 1")],
            [], [new("a", 1, System.Text.Encoding.UTF8.GetBytes(output))], []));
        return graph;
    }

    [Test]
    public void A_very_long_command_still_has_its_exit_code() =>
        Assert.That(
            EngineErrorTexts.Classify(EngineErrorTexts.Solve
                + $"process \"/bin/sh -c {new string('x', 50_000)}\" did not complete successfully: exit code: 3").Message,
            Does.Contain("failed with exit code 3").And.Length.LessThan(400));
}
