namespace BuildKit.Tasks.EngineTests;

public sealed class ProjectKindsStory : Story
{
    [Test]
    public async Task A_multi_targeted_project_makes_one_image_of_the_named_framework()
    {
        WriteConsole();
        var text = Console()
            .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.1</TargetFrameworks>",
                StringComparison.Ordinal);
        Project.Write("app.csproj", text);
        var result = (await Project.PublishAsync("-f", "net10.0")).Succeeded();
        Assert.That(result.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task The_verb_of_a_multi_targeted_project_takes_the_first_framework()
    {
        Project.Write("app.csproj", Console().Replace(
            "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.1</TargetFrameworks>", StringComparison.Ordinal));
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
        (await Project.DotnetAsync(["build", "-t:BuildKitBuildImage", "-restore"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_single_file_that_depends_on_the_framework_runs()
    {
        // The SDK's own entry point is "dotnet /app/app.dll", which lies within the file.
        WriteConsole("""
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><PublishSingleFile>true</PublishSingleFile>
            """);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(Directory.GetFiles(Project.PathOf("bin/Release/net10.0/linux-x64/publish"), "*.dll"), Is.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Publish_without_build_makes_the_image_of_what_was_built()
    {
        WriteConsole();
        (await Project.DotnetAsync(["build", "-c", "Release"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Null);
        var result = (await Project.PublishAsync("--no-build")).Succeeded();
        Assert.That(result.Log.Tasks, Has.No.Member("Csc"));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_design_time_build_does_nothing()
    {
        WriteConsole();
        (await Project.DotnetAsync(["restore"])).Succeeded();
        var result = (await Project.DotnetAsync(
            ["msbuild", "-t:Compile;Publish", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:NoBuild=true",
                "-p:BuildingInsideVisualStudio=true"])).Log;
        Assert.That(result.Tasks, Does.Contain("Csc").And.No.Member("PlanBuilds"));
        Assert.That(await Images.FindAsync(Repository), Is.Null);
    }

    [Test]
    public async Task Referenced_and_not_switched_on_leaves_no_trace()
    {
        WriteConsole("<BuildKitEnabled></BuildKitEnabled>");
        var log = (await Project.PublishAsync()).Succeeded().Log;
        Assert.That(log.ListedTargets.Where(target => target.Contains("BuildKit", StringComparison.Ordinal)), Is.Empty);
        Assert.That(log.TaskAssemblies, Has.None.Contains("BuildKit"));
        Assert.That(await Images.FindAsync(Repository), Is.Null);
    }
}
