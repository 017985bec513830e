namespace BuildKit.Tasks.EngineTests;

/// <summary>Folders without code as projects like any other: in solutions of both kinds, incremental, cleaned, rebuilt.</summary>
public sealed class FolderProjectStory : Story
{
    [TestCase("slnx")]
    [TestCase("sln", Category = "Long")]
    public async Task In_a_solution_they_are_built_once_cleaned_and_rebuilt(string kind)
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
        Assert.That(await BuildsAsync("build"), Is.EqualTo(2));
        Assert.That(await Images.FindAsync(Repository + "/backend"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository + "/frontend"), Is.Not.Null);
        Assert.That(await BuildsAsync("build"), Is.Zero);
        Project.Write("backend/Dockerfile", "FROM scratch\nCOPY Dockerfile /changed\n");
        Assert.That(await BuildsAsync("build"), Is.EqualTo(1));
        Assert.That(await BuildsAsync("clean"), Is.Zero);
        Assert.That(await BuildsAsync("build"), Is.EqualTo(2));
        Assert.That(await BuildsAsync("build", "-t:Rebuild"), Is.EqualTo(2));
        Assert.That(await BuildsAsync("build", "-p:DesignTimeBuild=true", "-p:BuildKitForce=true"), Is.Zero);
    }

    private async Task<int> BuildsAsync(params string[] arguments) =>
        (await Project.DotnetAsync(arguments)).Succeeded().Log.Tasks.Count(task => task == "DockerBuildxBuild");
}
