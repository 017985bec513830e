namespace BuildKit.Tasks.EngineTests;

/// <summary>Folders without code as projects like any other: in solutions of both kinds, incremental, cleaned, rebuilt.</summary>
public sealed class FolderProjectStory : Story
{
    [TestCase("slnx")]
    [TestCase("sln", Category = "Long")]
    public async Task In_a_solution_they_are_published_cleaned_and_published_again(string kind)
    {
        foreach (var name in new[] { "backend", "frontend" })
        {
            Project.Write($"{name}/{name}.proj", $"""
                <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
                  <PropertyGroup><ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry><ContainerRepository>{Repository}/{name}</ContainerRepository></PropertyGroup>
                </Project>
                """);
            Project.Write($"{name}/Dockerfile", $"FROM scratch\nCOPY Dockerfile /{name}\n");
        }

        Project.Write("all." + kind, kind == "slnx" ? """
            <Solution>
              <Project Path="backend/backend.proj" Type="C#" />
              <Project Path="frontend/frontend.proj" Type="C#" />
            </Solution>
            """ : SolutionText.Of("backend", "frontend"));
        Assert.That(await BuildsAsync("publish"), Is.EqualTo(2));
        Assert.That(await Images.FindAsync(Repository + "/backend"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository + "/frontend"), Is.Not.Null);
        Assert.That(await BuildsAsync("publish"), Is.Zero);
        Project.Write("backend/Dockerfile", "FROM scratch\nCOPY Dockerfile /changed\n");
        Assert.That(await BuildsAsync("publish"), Is.EqualTo(1));
        Assert.That(await BuildsAsync("clean", "-c", "Release"), Is.Zero);
        Assert.That(await BuildsAsync("publish"), Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("-t:Rebuild")]
    [TestCase("-p:DesignTimeBuild=true")]
    public async Task A_build_of_a_solution_makes_and_pushes_nothing_and_says_who_does(string how)
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        WriteConsole();
        Project.Write("all.slnx", """
            <Solution>
              <Project Path="app.csproj" />
              <Project Path="image.proj" Type="C#" />
            </Solution>
            """);
        var built = (await Project.DotnetAsync(["build", "all.slnx", how.Length == 0 ? "-p:BuildKitForce=true" : how])).Succeeded();
        Assert.That(built.Log.Tasks, Has.None.EqualTo("DockerBuildxBuild").And.None.EqualTo("RunBake"));
        Assert.That(await Images.FindAsync(Repository), Is.Null);
        var told = built.Output.Contains("image -> nothing to build; \"dotnet publish\" makes the image", StringComparison.Ordinal);
        Assert.That(told, Is.EqualTo(!how.Contains("Design", StringComparison.Ordinal)), built.Output);
    }

    private async Task<int> BuildsAsync(params string[] arguments)
    {
        var result = (await Project.DotnetAsync(arguments)).Succeeded();
        Assert.That(result.Output, Does.Not.Contain("nothing to build"));
        return result.Log.Tasks.Count(task => task == "PrepareBake") + result.Log.Tasks.Count(task => task == "DockerBuildxBuild");
    }
}
