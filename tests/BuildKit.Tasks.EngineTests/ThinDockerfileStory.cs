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

    [Test]
    public async Task Each_platform_of_an_image_gets_the_files_that_were_published_for_it()
    {
        WriteConsole(
            "<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>"
                + "<RuntimeIdentifiers>$(ContainerRuntimeIdentifiers)</RuntimeIdentifiers><SelfContained>false</SelfContained>"
                + "<UseAppHost>false</UseAppHost>",
            "<None Include=\"$(RuntimeIdentifier).txt\" CopyToPublishDirectory=\"Always\" Condition=\"'$(RuntimeIdentifier)' != ''\" />");
        Project.Write("linux-x64.txt", "");
        Project.Write("linux-arm64.txt", "");
        Project.Write("Dockerfile", "FROM scratch\nCOPY --from=publish . /app\n");
        (await Project.PublishAsync()).Succeeded();
        var index = await Images.ManifestAsync(Repository);
        foreach (var (architecture, runtime) in new[] { ("amd64", "linux-x64"), ("arm64", "linux-arm64") })
        {
            var digest = index.Json.GetProperty("manifests").EnumerateArray()
                .Single(one => one.GetProperty("platform").GetProperty("architecture").GetString() == architecture).GetProperty("digest")
                .GetString()!;
            var files = LayerFiles.Read(await Images.BlobAsync(Repository, (await Images.ManifestAsync(Repository, digest)).Layers.Single()));
            Assert.That(files.Keys.Where(file => file.EndsWith(".txt", StringComparison.Ordinal)), Is.EqualTo(new[] { $"app/{runtime}.txt" }));
        }

        var again = (await Project.PublishAsync()).Succeeded();
        Assert.That(again.Log.Tasks, Has.No.Member("DockerBuildxBuild"), "nothing changed");
    }
}
