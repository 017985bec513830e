namespace BuildKit.Tasks.EngineTests;

public sealed class LintStory : Story
{
    private const string Bad = "RUN --mount=type=cache,target=/var/cache/apt true\nCMD echo hi\n";

    [Test]
    public async Task The_check_tells_both_linters_warnings_at_their_lines_and_builds_nothing()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Bad}");
        var result = (await Project.DotnetAsync(["build", "image.proj", "-t:BuildKitCheck"])).Succeeded();
        Assert.Multiple(() =>
        {
            Assert.That(result.Log.Warnings.Select(warning => $"{warning.Code} {Path.GetFileName(warning.File)} {warning.Line}"),
                Is.EquivalentTo(new[] { "BK3312 Dockerfile 2", "BK3207 Dockerfile 3" }));
            Assert.That(result.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        });
        Assert.That(await Images.FindAsync(Repository), Is.Null);
    }

    [Test]
    public async Task NoWarn_silences_a_code_and_off_silences_all()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Bad}");
        Assert.That(
            (await Project.DotnetAsync(["publish", "image.proj", "-p:NoWarn=BK3207"])).Succeeded().Log.Warnings.Select(warning => warning.Code),
            Is.EqualTo(new[] { "BK3312" }));
        Assert.That((await Project.DotnetAsync(["publish", "image.proj", "-p:BuildKitForce=true", "-p:BuildKitLint=off"])).Succeeded().Log.Warnings,
            Is.Empty);
    }

    [TestCase("-p:WarningsAsErrors=BK3312")]
    [TestCase("-p:BuildKitLint=error")]
    public async Task A_check_that_is_an_error_is_found_before_the_build_and_every_time(string option)
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN --mount=type=cache,target=/var/cache/apt true\n");
        (await Project.DotnetAsync(["publish", "image.proj", option])).FailedWith("BK3312");
        (await Project.DotnetAsync(["publish", "image.proj", option])).FailedWith("BK3312");
        Assert.That(await Images.FindAsync(Repository), Is.Null);
    }

    [Test]
    public async Task A_warning_of_BuildKit_that_is_an_error_stays_one_in_the_next_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nCMD echo hi\n");
        (await Project.DotnetAsync(["publish", "image.proj", "-p:WarningsAsErrors=BK3207"])).FailedWith("BK3207");
        (await Project.DotnetAsync(["publish", "image.proj", "-p:WarningsAsErrors=BK3207"])).FailedWith("BK3207");
    }
}
