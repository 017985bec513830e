namespace BuildKit.Tasks.EngineTests;

/// <summary>What fails in a Dockerfile is reported at its line.</summary>
public sealed class DockerfileFailureStory : Story
{
    [Test]
    public async Task A_failing_RUN_shows_its_last_output()
    {
        var error = await BuildAsync($"FROM {BaseImages.Debian} AS build\n\nRUN echo first && \\\n    echo the reason >&2 && exit 3\nFROM build\n",
            "BK3101");
        Assert.That(error.Line, Is.EqualTo(3));
        Assert.That(error.Text, Does.Contain("exit code 3").And.Contain("the reason").And.Contain("stage \"build\""));
    }

    [Test]
    public async Task A_COPY_without_source_names_it_and_the_context_with_why_it_was_chosen()
    {
        var error = await BuildAsync("FROM scratch\n\n\nCOPY missing.txt /\n", "BK3102");
        Assert.That(error.Line, Is.EqualTo(4));
        Assert.That(error.Text,
            Does.Contain("missing.txt").And.Match(@"in the build context \S+ \(the Dockerfile's folder, since no folder from there up"));
    }

    [Test]
    public async Task Windows_line_ends_in_a_heredoc_are_named_as_the_cause()
    {
        var error = await BuildAsync($"FROM {BaseImages.Debian}\r\nRUN <<EOF\r\nset -eu\r\necho hi\r\nEOF\r\n", "BK3109");
        Assert.That(error.Line, Is.EqualTo(2));
        Assert.That(error.Text, Does.Contain("Illegal option -").And.Contain("Dockerfile text eol=lf"));
    }

    [Test]
    public async Task A_line_of_the_ignore_file_that_is_no_pattern_is_at_its_line()
    {
        Project.Write(".dockerignore", "obj\nbin\\\n");
        var error = await BuildAsync("FROM scratch\nCOPY Dockerfile /\n", "BK3018", ".dockerignore");
        Assert.That(error.Line, Is.EqualTo(2));
    }

    [Test]
    public async Task A_parse_error_is_at_its_line()
    {
        var error = await BuildAsync("FROM scratch\nCOPY Dockerfile /\nCPOY Dockerfile /\n", "BK3003");
        Assert.That(error.Line, Is.EqualTo(3));
    }

    [Test]
    public async Task A_base_image_that_is_not_there_is_at_its_FROM()
    {
        var error = await BuildAsync($"# base\nFROM {Image}/nothing:9\nCOPY Dockerfile /\n", "BK3005");
        Assert.That(error.Line, Is.EqualTo(2));
    }

    [TestCase("FROM BASE\nRUN --mount=type=tmpfs,target=/t,size=100k head -c 1m /dev/zero > /t/x", "BK1013", 2, "No space left on device")]
    [TestCase("FROM BASE\nRUN --mount=type=secret,id=npm,required=true true", "BK3103", 2, "\"npm\"")]
    [TestCase("FROM BASE\nCOPY Dockerfile /etc/passwd/x", "BK3104", 2, "not a directory")]
    [TestCase("# syntax=REGISTRY/nothing:1\nFROM BASE", "BK3106", 1, "/nothing:1")]
    [TestCase("FROM BASE AS build\nFROM BASE\nCOPY --from=build /nothing /", "BK3107", 3, "\"/nothing\" in \"build\"")]
    public async Task What_fails_in_a_real_build_has_its_code_and_line(string dockerfile, string code, int line, string words)
    {
        var error = await BuildAsync(dockerfile.Replace("BASE", BaseImages.Debian, StringComparison.Ordinal)
            .Replace("REGISTRY", Machine.Registry.Address, StringComparison.Ordinal) + "\n", code);
        Assert.That((error.Line, error.Text.Contains(words, StringComparison.Ordinal)), Is.EqualTo((line, true)), error.Text);
    }

    [Test]
    public async Task A_registry_that_is_not_there_is_told_before_the_build()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", "<ContainerRegistry>localhost:1</ContainerRegistry>");
        Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK5010").Text,
            Does.Contain($"localhost:1/{Repository}").And.Contain("connection refused"));
    }

    [Test]
    public async Task A_lint_warning_has_a_code_at_its_line()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nMAINTAINER someone\nFROM scratch as last\nCOPY Dockerfile /\n");
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        var warnings = result.Log.Warnings.Where(warning => warning.File == Project.PathOf("Dockerfile")).ToList();
        Assert.That(warnings,
            Has.Some.Matches<LoggedDiagnostic>(warning => warning!.Line == 3 && warning.Code.StartsWith("BK32", StringComparison.Ordinal)));

        var silenced = (await Project.DotnetAsync(
            ["publish", "-p:BuildKitForce=true", $"-p:NoWarn={string.Join("%3B", warnings.Select(warning => warning.Code).Distinct())}"]))
            .Succeeded();
        Assert.That(silenced.Log.Warnings, Is.Empty);
    }

    private async Task<LoggedDiagnostic> BuildAsync(string dockerfile, string code, string file = "Dockerfile")
    {
        WriteDockerfile(dockerfile);
        var result = await Project.DotnetAsync(["publish"]);
        var error = result.FailedWith(code);
        Assert.That(error.File, Is.EqualTo(Project.PathOf(file)));
        Assert.That(result.Output, Does.Contain($"{error.File}({error.Line}"));
        return error;
    }
}
