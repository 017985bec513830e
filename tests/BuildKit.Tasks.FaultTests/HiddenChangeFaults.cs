namespace BuildKit.Tasks.FaultTests;

/// <summary>A file that changes while its size and time stay: BuildKit's transfer does not see it.</summary>
public sealed class HiddenChangeFaults : Story
{
    private static readonly DateTime Modified = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Test]
    public async Task In_a_context_it_is_told_and_the_next_publish_looks_again()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nCOPY text /{Repository}\n");
        Write("text", "one");
        (await Project.PublishAsync()).Succeeded();
        Write("text", "two");
        for (var again = 0; again < 2; again++)
        {
            var result = await Project.PublishAsync();
            result.Succeeded();
            var warning = result.Log.Warnings.Single();
            Assert.That((warning.Code, warning.File), Is.EqualTo(("BK3020", Project.PathOf("text"))));
        }

        File.SetLastWriteTimeUtc(Project.PathOf("text"), Modified.AddSeconds(1));
        Assert.That((await Project.PublishAsync()).Log.Warnings, Is.Empty);
        Assert.That(await ContentAsync($"/{Repository}"), Is.EqualTo("two"));
    }

    [Test]
    public async Task Among_published_and_copied_files_it_reaches_the_image()
    {
        WriteConsole(items: """
            <None Include="text" CopyToPublishDirectory="Always" />
            <BuildKitCopy Include="text" Destination="/opt/" />
            """);
        foreach (var content in new[] { "one", "two", "six", "six" })
        {
            Write("text", content);
            // The SDK does not copy again what has the same size and time.
            Directory.GetFiles(Project.Folder, "text", SearchOption.AllDirectories).Where(file => file != Project.PathOf("text")).ToList()
                .ForEach(File.Delete);
            var result = await Project.PublishAsync();
            result.Succeeded();
            Assert.That(result.Log.Warnings, Is.Empty);
            Assert.That((await ContentAsync("/app/text"), await ContentAsync("/opt/text")), Is.EqualTo((content, content)));
        }
    }

    private void Write(string path, string content)
    {
        Project.Write(path, content);
        File.SetLastWriteTimeUtc(Project.PathOf(path), Modified);
    }

    private async Task<string> ContentAsync(string path)
    {
        var text = (await Machine.Engine.DockerAsync("run", "--rm", "-q", "--pull=always", "--entrypoint", "cat", Image, path)).Succeeded();
        return text.Trim();
    }
}
