namespace BuildKit.Tasks.EngineTests;

public sealed class SecretStory : Story
{
    private const string FromVariable = "kestrel-4711-value";
    private const string FromFile = "osprey-0815-value";

    private const string Dockerfile = """
        RUN --mount=type=secret,id=one,required=true --mount=type=secret,id=two,required=true \
            cat /run/secrets/one /run/secrets/two | tr a-z A-Z > /seen; cat /run/secrets/one
        CMD ["cat", "/seen"]
        """;

    private const string Items = """
        <BuildKitSecret Include="one" EnvironmentVariable="ONE_TOKEN" />
        <BuildKitSecret Include="two" File="../two.txt" />
        """;

    [Test]
    public async Task Values_reach_the_step_and_nothing_else()
    {
        Project.Write("two.txt", FromFile);
        Project.Write("project/image.proj", WithoutCode(items: Items));
        Project.Write("project/Dockerfile", $"FROM {BaseImages.Debian}\n{Dockerfile}\n");
        var result = await Project.DotnetAsync(
            ["publish", "-v:d"], "project", new Dictionary<string, string?> { ["ONE_TOKEN"] = FromVariable });
        result.Succeeded();
        Assert.That(
            await new EngineImages(Machine.Engine).RunAsync(Image),
            Is.EqualTo((FromVariable + FromFile).ToUpperInvariant()));

        var config = (await Images.ConfigAsync(Repository)).GetRawText();
        foreach (var secret in new[] { FromVariable, FromFile })
        {
            Assert.That(result.Output, Does.Not.Contain(secret));
            Assert.That(await result.UnpackedLogAsync(), Does.Not.Contain(secret));
            Assert.That(config, Does.Not.Contain(secret));
            foreach (var file in Directory.EnumerateFiles(Project.PathOf("project"), "*", SearchOption.AllDirectories))
            {
                Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(secret), file);
            }
        }
    }

    [Test]
    public async Task An_unset_variable_is_an_error_at_its_item()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Dockerfile}\n", items: "<BuildKitSecret Include=\"one\" EnvironmentVariable=\"ONE_TOKEN\" />");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK2006");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf("image.proj"), 8)));
    }
}
