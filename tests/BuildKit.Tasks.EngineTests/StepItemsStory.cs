namespace BuildKit.Tasks.EngineTests;

/// <summary>The steps of a build as items: below the task in the structured log viewer, and for targets of the project.</summary>
public sealed class StepItemsStory : Story
{
    // Each test has steps of its own, or another one's would be cached.
    private string Dockerfile =>
        $"FROM {BaseImages.Debian} AS build\nRUN echo {Repository}; echo two\nFROM {BaseImages.Debian}\nRUN --mount=from=build,target=/b echo "
            + $"three {Repository}\n";

    [Test]
    public async Task The_binary_log_has_each_step_of_an_image_below_its_task_with_details()
    {
        WriteDockerfile(Dockerfile);
        var steps = (await Project.DotnetAsync(["publish", "image.proj", "-m:2"])).Succeeded().Log.OutputsOf("DockerBuildxBuild", "BuildKitStep")
            .Single();
        var run = steps.Single(step => step.Name == $"[build 2/2] RUN echo {Repository}; echo two").Metadata;
        Assert.Multiple(() =>
        {
            Assert.That(run.Where(pair => pair.Key is not ("Began" or "Seconds" or "Needs" or "Critical")),
                Is.EquivalentTo(new Dictionary<string, string>
                {
                    ["Image"] = "image",
                    ["State"] = "run",
                    ["Stage"] = "build",
                    ["Command"] = $"RUN echo {Repository}; echo two",
                    ["File"] = Project.PathOf("Dockerfile"),
                    ["Line"] = "2",
                    ["LastOutput"] = Repository + "\ntwo",
                }));
            Assert.That(double.Parse(run["Seconds"], System.Globalization.CultureInfo.InvariantCulture), Is.Positive);
            // BuildKit shares the step with builds of other tests at the same time, and then it has the name that it has there.
            Assert.That(run["Needs"], Does.Match(@"^\[.*1/2\] FROM "));
            Assert.That(steps.Select(step => step.Name), Has.Some.EqualTo("exporting to image"), "what BuildKit does for itself takes time too");
        });
    }

    [Test]
    public async Task In_a_bake_each_image_has_its_own_and_a_failed_one_too()
    {
        Project.Write("images.proj",
            $"<Project Sdk=\"BuildKit.Tasks/{Machine.Feed.Version}\"><ItemGroup><BuildKitProject Include=\"*/*.proj\" /></ItemGroup></Project>");
        foreach (var (name, command) in new[] { ("a", "echo from a"), ("b", "echo from b; exit 3") })
        {
            Project.Write($"{name}/{name}.proj", WithoutCode($"<ContainerRepository>{Repository}/{name}</ContainerRepository>"));
            Project.Write($"{name}/Dockerfile", $"FROM {BaseImages.Debian}\nRUN {command}\n");
        }

        var log = (await Project.PublishAsync("images.proj")).Log;
        var steps = log.OutputsOf("FinishBake", "BuildKitStep").SelectMany(items => items)
            .Where(step => step.Name.StartsWith("[2/2]", StringComparison.Ordinal) || step.Name.StartsWith("[stage-0 2/2]", StringComparison.Ordinal))
            .ToList();
        Assert.That(
            steps.Where(step => step.Metadata["State"] == "failed")
                .Select(step => $"{step.Metadata["Image"]} at line {step.Metadata["Line"]}: {step.Metadata["LastOutput"]}"),
            Is.EqualTo(new[] { "b at line 2: from b" }));
        // It may have been run before the other one failed, and is then cached in the bake without that one.
        Assert.That(steps.Where(step => step.Metadata["State"] is "run" or "cached").Select(step => step.Metadata["Image"]),
            Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task A_target_of_the_project_can_use_them()
    {
        WriteDockerfile(Dockerfile);
        Project.Write("Directory.Build.targets", """
            <Project>
              <Target Name="TellSteps" DependsOnTargets="BuildKitBuildImage">
                <Message Importance="High" Text="used: %(BuildKitStep.Identity) at line %(BuildKitStep.Line)" Condition="'%(BuildKitStep.State)' == 'run'" />
              </Target>
            </Project>
            """);
        var result = (await Project.DotnetAsync(["build", "image.proj", "-t:TellSteps"])).Succeeded();
        Assert.That(result.Output, Does.Contain($"used: [build 2/2] RUN echo {Repository}; echo two at line 2").And.Contain("at line 4"));
    }
}
