namespace BuildKit.Tasks.EngineTests;

/// <summary>A small Dockerfile of the user's own around files that were published on the host.</summary>
public sealed class ThinDockerfileStory : Story
{
    [Test]
    public async Task Published_files_are_the_context_named_publish()
    {
        WriteConsole();
        Project.Write("Dockerfile", $"FROM {BaseImages.Of("runtime")}\nCOPY --from=publish . /app\nENTRYPOINT [\"dotnet\", \"/app/app.dll\"]\n");
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        (await Project.DotnetAsync(["build", "-t:BuildKitBuildImage", "-c", "Release"])).Succeeded();
        Project.Write("Program.cs", "System.Console.WriteLine(\"changed\");");
        (await Project.DotnetAsync(["build", "-t:BuildKitBuildImage", "-c", "Release"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("changed"));
    }
}
