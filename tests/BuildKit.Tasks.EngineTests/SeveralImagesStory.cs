namespace BuildKit.Tasks.EngineTests;

public sealed class SeveralImagesStory : Story
{
    [Test]
    public async Task A_project_may_own_several_images()
    {
        Project.Write("app.csproj", Console(items: $"""
            <BuildKitImageDefinition Include="app" />
            <BuildKitImageDefinition Include="tools" BuildKitDockerfile="tools.Dockerfile" ContainerRepository="{Repository}/tools" ContainerImageTags="2.0;2" />
            """));
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
        Project.Write("tools.Dockerfile", "FROM scratch\nCOPY Program.cs /\n");
        var result = (await Project.PublishAsync()).Succeeded();
        var app = await Images.ManifestAsync(Repository);
        var tools = await Images.ManifestAsync($"{Repository}/tools", "2.0");
        Assert.That((await Images.ManifestAsync($"{Repository}/tools", "2")).Digest, Is.EqualTo(tools.Digest));
        Assert.That(result.Output, Does.Contain(app.Digest[..19]).And.Contain(tools.Digest[..19]));
    }

    [Test]
    public async Task Two_images_of_one_name_are_refused()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", items: """
            <BuildKitImageDefinition Include="first" />
            <BuildKitImageDefinition Include="second" />
            """);
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK2017");
        Assert.That(error.Line, Is.EqualTo(9));
    }
}
