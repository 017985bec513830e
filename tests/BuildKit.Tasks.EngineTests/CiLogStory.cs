namespace BuildKit.Tasks.EngineTests;

/// <summary>What a CI system's log gets, from real builds with its variables: through MSBuild's logger, whole, and without secrets.</summary>
public sealed class CiLogStory : Story
{
    private const string Secret = "ci-5ecret-51c0de";

    [TestCase("GITHUB_ACTIONS", "true", @"::group::image \[stage-0 2/2\] RUN .*  [0-9.]+ s\n *\| a line\n *\| \*\*\*\n *::endgroup::\n")]
    [TestCase("GITLAB_CI", "true", @"^  Determining[\s\S]*\n *image \[stage-0 2/2\] RUN .*  [0-9.]+ s\n *image ")]
    [TestCase("TEAMCITY_VERSION", "2026.1",
        @"##teamcity\[blockOpened name='image \|\[stage-0 2/2\|\] RUN .*  [0-9.]+ s'\]\n *\| a line\n *\| \*\*\*\n *##teamcity\[blockClosed "
            + @"name='image .*'\]\n[\s\S]*##teamcity\[buildStatisticValue key='BuildKit.image.seconds' value='[0-9.]+'\]")]
    [TestCase("TF_BUILD", "True", @"  image \[stage-0 2/2\] RUN .*  [0-9.]+ s\n[\s\S]*##vso\[task.uploadsummary\].*image.summary.md\n")]
    public async Task The_output_of_a_step_is_folded_under_its_line(string variable, string value, string form)
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nRUN --mount=type=secret,id=one echo a line; cat /run/secrets/one; : {variable}\n",
            items: "<BuildKitSecret Include=\"one\" EnvironmentVariable=\"PLANTED\" />");
        var result = (await BuildAsync(variable, value)).Succeeded();
        Assert.That(result.Output, Does.Match(form).And.Not.Contains(Secret));
        Assert.That(result.Output, Does.Not.Contain("Caches of image: "), "the summary says it");
    }

    [TestCase("GITHUB_ACTIONS", "true", @"::error file=\S+image.proj,title=BK3005::", false)]
    [TestCase("TF_BUILD", "True",
        @"##vso\[task.logissue type=error;sourcepath=\S+Dockerfile;linenumber=1;columnnumber=1;code=BK3005;\]The base image", true)]
    public async Task An_error_at_a_line_is_marked_where_no_matcher_of_the_CI_system_does(string variable, string value, string form, bool isMarked)
    {
        WriteDockerfile($"FROM {Image}-missing:1\n");
        var result = await BuildAsync(variable, value);
        Assert.That(result.FailedWith("BK3005").Line, Is.EqualTo(1));
        Assert.That(System.Text.RegularExpressions.Regex.IsMatch(result.Output, form), Is.EqualTo(isMarked), result.Output);
    }

    private Task<DotnetResult> BuildAsync(string variable, string value) => Project.DotnetAsync(
        ["publish", "image.proj", "-v:m", "-nologo"],
        variables: new Dictionary<string, string?> { ["CI"] = "true", [variable] = value, ["PLANTED"] = Secret });
}
