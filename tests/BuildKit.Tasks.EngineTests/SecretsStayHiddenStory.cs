using System.Text;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Secrets are planted wherever a user may put them; their values are looked for in all that a build leaves.</summary>
public sealed class SecretsStayHiddenStory : Story
{
    [TestCase("")]
    [TestCase("; exit 4")]
    public async Task No_value_is_in_log_binary_log_page_report_summary_or_obj(string end)
    {
        string[] values = ["env-5ecret-7f3a91", "file-5ecret-b81c44", "arg-5ecret-0d92e7"];
        var file = Path.Combine(TestRun.Folder, $"{Repository}.token");
        await File.WriteAllTextAsync(file, values[1] + "\n");
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nARG API_TOKEN\nRUN --mount=type=secret,id=one --mount=type=secret,id=two cat /run/secrets/one /run/secrets/two; echo $API_TOKEN; cat /run/secrets/two | base64 >&2{end}\n",
            "<BuildKitReport>true</BuildKitReport>",
            $"""
            <BuildKitSecret Include="one" EnvironmentVariable="PLANTED" />
            <BuildKitSecret Include="two" File="{file}" />
            <BuildKitBuildArg Include="API_TOKEN" Sensitive="true" />
            """);
        // MSBuild puts the environment into binary logs; a test of ours cannot be about that.
        var summary = Project.PathOf("summary.md");
        var result = await Project.DotnetAsync(["build", "image.proj", "-v:d"], variables: new Dictionary<string, string?>
        {
            ["PLANTED"] = values[0],
            ["API_TOKEN"] = values[2],
            ["GITHUB_STEP_SUMMARY"] = summary,
            ["GITHUB_OUTPUT"] = Project.PathOf("output"),
            ["CI"] = "true",
            ["MSBUILDLOGALLENVIRONMENTVARIABLES"] = null,
        });
        File.Delete(file);
        Assert.That(result.ExitCode, Is.EqualTo(end.Length == 0 ? 0 : 1), result.Output);
        var left = Directory.GetFiles(Project.Folder, "*", SearchOption.AllDirectories);
        Assert.Multiple(() =>
        {
            Assert.That(result.Output, Does.Contain("***"), "the steps printed them");
            Assert.That(left.Select(Path.GetFileName), Has.Member("image.html").And.Member("image.report.json").And.Member("summary.md"));
            foreach (var value in values.Concat(values.Select(value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value + "\n"))[..^4])))
            {
                Assert.That(result.Output, Does.Not.Contain(value));
                Assert.That(left.Where(path => File.ReadAllText(path).Contains(value, StringComparison.Ordinal)), Is.Empty, value);
                Assert.That(result.Log.Messages.Where(message => message.Contains(value, StringComparison.Ordinal)), Is.Empty, value);
            }
        });
    }
}
