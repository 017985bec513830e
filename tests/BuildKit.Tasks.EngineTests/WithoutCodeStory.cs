namespace BuildKit.Tasks.EngineTests;

/// <summary>A folder with a Dockerfile and a project file of three lines.</summary>
public sealed class WithoutCodeStory : Story
{
    [TestCase("publish")]
    [TestCase("build", "-t:BuildKitBuildImage")]
    [TestCase("msbuild", "-restore", "-t:Publish", Category = "Long")]
    public async Task Three_lines_make_an_image(params string[] verb)
    {
        Project.Write("image.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry><ContainerRepository>{Repository}</ContainerRepository></PropertyGroup>
            </Project>
            """);
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nCOPY greeting.txt /\nCMD [\"cat\", \"/greeting.txt\"]\n");
        Project.Write("greeting.txt", "good morning");
        var first = (await Project.DotnetAsync(verb)).Succeeded();
        Assert.That(first.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(first.Output, Does.Not.Contain("nothing to build"));
        // The terminal logger shows the last line of this form as the project's result.
        Assert.That(first.Output.Split('\n').Last(line => line.Contains("image -> ", StringComparison.Ordinal)),
            Does.Contain($"pushed {Image}:latest"));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("good morning"));

        var second = (await Project.DotnetAsync(verb)).Succeeded();
        Assert.That(second.Output, Does.Contain("unchanged"));
        Project.Write("greeting.txt", "good evening");
        (await Project.DotnetAsync(verb)).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("good evening"));
    }

    [Test]
    public async Task Clean_forgets_the_record()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        (await Project.DotnetAsync(["clean", "-c", "Release"])).Succeeded();
        var again = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(again.Log.Tasks, Does.Contain("DockerBuildxBuild"));
    }
}
