namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>Publishing on Windows without a Dockerfile, and with one, in a folder whose name is not plain.</summary>
public sealed class WindowsPublishStory : WindowsStory
{
    [Test]
    public async Task Published_files_become_an_image_and_the_second_publish_asks_nothing()
    {
        Folder = Project.PathOf("Größe (1) & mehr");
        WriteCrLf("app.csproj", Console());
        WriteCrLf("Program.cs", "System.Console.WriteLine(\"hello\");\n");
        var first = (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(first.Log.Tasks, Does.Contain("DockerBuildxBuild"));
        Assert.That(Docker.Builds, Is.Not.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        Docker.Asked.Clear();
        var second = (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));
        Assert.That(Docker.Asked, Is.Empty);
        Assert.That(second.Log.Messages, Has.Some.Match($"app -> {Image}:latest@sha256:[0-9a-f]{{12}}…  unchanged"));
    }
}
