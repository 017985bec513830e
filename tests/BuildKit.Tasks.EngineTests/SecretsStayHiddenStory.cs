using System.Text;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Secrets are planted wherever a user may put them; their values are looked for in all that a build leaves.</summary>
public sealed class SecretsStayHiddenStory : Story
{
    private static readonly string[] Values = ["env-5ecret-7f3a91", "file-5ecret-b81c44", "arg-5ecret-0d92e7"];

    [TestCase("", false)]
    [TestCase("; exit 4", false)]
    [TestCase("", true)]
    [TestCase("; exit 4", true)]
    public async Task No_value_is_in_log_binary_log_page_report_summary_or_obj(string end, bool bake)
    {
        var file = Path.Combine(TestRun.Folder, $"{Repository}.token");
        await File.WriteAllTextAsync(file, Values[1] + "\n");
        Project.Write(
            "image/Dockerfile",
            $"FROM {BaseImages.Debian}\nARG API_TOKEN\nRUN --mount=type=secret,id=one|a --mount=type=secret,id=two : {Repository}; cat \"/run/secrets/one|a\" /run/secrets/two; echo $API_TOKEN; cat /run/secrets/two | base64 >&2{end}\n");
        Project.Write("image/image.proj", WithoutCode("<BuildKitReport>true</BuildKitReport>", $"""
            <BuildKitSecret Include="one|a" EnvironmentVariable="PLANTED" />
            <BuildKitSecret Include="two" File="{file}" />
            <BuildKitBuildArg Include="API_TOKEN" Sensitive="true" />
            """));
        Project.Write("images.proj",
            $"<Project Sdk=\"BuildKit.Tasks/{Machine.Feed.Version}\"><ItemGroup><BuildKitProject Include=\"image/image.proj\" "
                + "/></ItemGroup></Project>");
        // MSBuild puts the environment into binary logs when it is asked to; a test of ours cannot be about that.
        var result = await Project.DotnetAsync(["publish", bake ? "images.proj" : "image/image.proj", "-v:d"],
            variables: new Dictionary<string, string?>
            {
                ["PLANTED"] = Values[0],
                ["API_TOKEN"] = Values[2],
                ["GITHUB_STEP_SUMMARY"] = Project.PathOf("summary.md"),
                ["GITHUB_OUTPUT"] = Project.PathOf("output"),
                ["CI"] = "true",
                ["MSBUILDLOGALLENVIRONMENTVARIABLES"] = null,
            });
        File.Delete(file);
        Assert.That(result.ExitCode, Is.EqualTo(end.Length == 0 ? 0 : 1), result.Output);
        var left = Directory.GetFiles(Project.Folder, "*", SearchOption.AllDirectories);
        var step = result.Log.OutputsOf(bake ? "FinishBake" : "DockerBuildxBuild", "BuildKitStep").Single()
            .Single(step => step.Name.Contains("2/2] RUN", StringComparison.Ordinal));
        var log = await result.UnpackedLogAsync();
        string[] places = ["image.html", "image.report.json", "summary.md", .. bake ? ["bake.json"] : Array.Empty<string>()];
        Assert.Multiple(() =>
        {
            Assert.That(result.Output, Does.Contain("***"), "the steps printed them");
            Assert.That(step.Metadata["LastOutput"].Replace("\n", "", StringComparison.Ordinal), Is.EqualTo("************"),
                "one, two, the argument, two in base64");
            Assert.That(left.Select(Path.GetFileName), Is.SupersetOf(places));
            foreach (var value in Values.Concat(Values.Select(value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value + "\n"))[..^4])))
            {
                Assert.That(result.Output, Does.Not.Contain(value));
                Assert.That(log, Does.Not.Contain(value));
                Assert.That(left.Where(path => File.ReadAllText(path).Contains(value, StringComparison.Ordinal)), Is.Empty, value);
            }
        });
    }
}
