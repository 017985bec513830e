namespace BuildKit.Tasks.EngineTests;

/// <summary>However MSBuild is called, there is one bake, and only of what shall be baked.</summary>
public sealed class BakeWaysStory : BakeStory
{
    [Test]
    public async Task There_is_one_bake_with_one_node_or_several_with_threads_and_with_a_graph()
    {
        WriteThree();
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();
        foreach (var way in new[] { "-m:1", "-m:3", "-mt", "-graph" })
        {
            var result = (await Project.PublishAsync("images.proj", "--no-restore", "-p:BuildKitForce=true", way)).Succeeded();
            Assert.That((result.Log.Tasks.Count(task => task == "RunBake"), result.Log.Tasks.Count(task => task == "DockerBuildxBuild")),
                Is.EqualTo((1, 0)), way);
            Assert.That(result.Output, Does.Contain("images -> 3 images: 3 built, 0 unchanged"), way);
        }

        var digests = await DigestsAsync("app", "a", "b");
        Assert.That(digests.Values, Has.None.Null);
        var items =
            (await Project.DotnetAsync(["build", "images.proj", "--no-restore", "-c", "Release", "-t:BuildKitBake", "-getItem:BuildKitImage"]))
                .Succeeded();
        foreach (var (name, digest) in digests)
        {
            Assert.That(items.Output, Does.Contain($"\"Identity\": \"{name}\"").And.Contain($"\"Digest\": \"{digest}\""));
        }
    }

    [Test]
    public async Task A_design_time_build_does_nothing()
    {
        WriteThree();
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();
        foreach (var targets in new[] { "ResolveAssemblyReferences;Compile", "Publish" })
        {
            var result = (await Project.DotnetAsync(["msbuild", "images.proj", $"-t:{targets}", "-p:DesignTimeBuild=true"])).Succeeded();
            Assert.That(result.Log.TaskAssemblies.Where(file => file.Contains("BuildKit.Tasks", StringComparison.Ordinal)), Is.Empty, targets);
        }

        Assert.That((await DigestsAsync("app", "a", "b")).Values, Is.All.Null);
    }

    [TestCase("sln", Category = "Long")]
    [TestCase("slnx")]
    public async Task A_solution_bakes_what_its_configuration_builds_and_what_did_not_opt_out(string kind)
    {
        string[] others = ["left", "off", "unpublished"];
        WriteThree();
        WriteFolder("left", "COPY Dockerfile /");
        WriteFolder("off", "COPY Dockerfile /", items: "<BuildKitImageDefinition Include=\"off\" />");
        File.WriteAllText(Project.PathOf("off/off.proj"),
            File.ReadAllText(Project.PathOf("off/off.proj"))
                .Replace("<PropertyGroup>", "<PropertyGroup><BuildKitEnabled>false</BuildKitEnabled>", StringComparison.Ordinal));
        WriteFolder("unpublished", "COPY Dockerfile /");
        File.WriteAllText(Project.PathOf("unpublished/unpublished.proj"),
            File.ReadAllText(Project.PathOf("unpublished/unpublished.proj"))
                .Replace("<PropertyGroup>", "<PropertyGroup><IsPublishable>false</IsPublishable>", StringComparison.Ordinal));
        Project.Write("lib/lib.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        string[] names = ["app", "a", "b", "lib", .. others];
        var solution = kind == "slnx"
            ? $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"{name}/{name}.proj\" Type=\"C#\">{(name == "left" ? "<Build Solution=\"Release|*\" Project=\"false\" />" : "")}</Project>"))}</Solution>"
            : SolutionText.Of(names)
                .Replace("{00000005-1111-1111-1111-111111111111}.Release|Any CPU.Build.0 = Release|Any CPU", "", StringComparison.Ordinal);
        Project.Write("all." + kind,
            solution.Replace("app.proj", "app.csproj", StringComparison.Ordinal).Replace("lib.proj", "lib.csproj", StringComparison.Ordinal));
        WriteSolutionTargets();

        var published = (await PublishAsync("all." + kind)).Succeeded();
        Assert.That(Baked(published), Is.EquivalentTo(new[] { "app", "a", "b" }));
        Assert.That((published.Log.Tasks.Count(task => task == "RunBake"), published.Log.Tasks.Count(task => task == "DockerBuildxBuild")),
            Is.EqualTo((1, 0)));
        var baked = (await Project.DotnetAsync(["build", "all." + kind, "--no-restore", "-c", "Release", "-t:BuildKitBake", "-p:BuildKitForce=true"],
            "", OneTime)).Succeeded();
        Assert.That(Baked(baked), Is.EquivalentTo(new[] { "app", "a", "b" }));
        Assert.That((await DigestsAsync(others)).Values, Is.All.Null);

        // With -graph MSBuild does not read the solution's file: what needs no published files meets by itself.
        var graph = (await PublishAsync("all." + kind, "--no-restore", "-graph", "-p:BuildKitForce=true")).Succeeded();
        Assert.That((graph.Log.Tasks.Count(task => task == "RunBake"), graph.Log.Tasks.Count(task => task == "DockerBuildxBuild")),
            Is.EqualTo((1, 1)));
        Assert.That((await DigestsAsync(others)).Values, Is.All.Null);

        // What is written out is run by Docker alone.
        var digests = await DigestsAsync("app", "a", "b");
        foreach (var (name, digest) in digests)
        {
            await Images.DeleteAsync($"{Repository}/{name}", digest!);
        }

        (await Project.DotnetAsync(["build", "all." + kind, "--no-restore", "-c", "Release", "-t:BuildKitWriteBake"], "", OneTime)).Succeeded();
        var environment = Project.EnvironmentWith(OneTime);
        (await Command.RunAsync(Machine.Engine.ProgramOf("docker"), ["buildx", "bake", "-f", "docker-bake.json"], Project.Folder, environment))
            .Succeeded();
        Assert.That(await DigestsAsync("app", "a", "b"), Is.EqualTo(digests));
    }

    private void WriteThree()
    {
        WriteImages("*/*.csproj;*/*.proj");
        Project.Write("app/app.csproj", Console($"<ContainerRepository>{Repository}/app</ContainerRepository>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        WriteFolder("a", "COPY Dockerfile /a");
        WriteFolder("b", "COPY --from=a / /", from: "scratch AS a\nCOPY Dockerfile /b\nFROM scratch");
    }
}
