namespace BuildKit.Tasks.EngineTests;

/// <summary>Two bakes at once, on one machine.</summary>
public sealed class TwoBakesStory : BakeStory
{
    [Test]
    [Category("Long")]
    public async Task Two_solutions_share_a_project_at_once_and_one_after_the_other()
    {
        // Steps that take their time, so that both bakes run when both are started.
        WriteFolder("left", "COPY version /\nRUN sleep 2");
        WriteFolder("right", "COPY version /\nRUN sleep 2");
        WriteFolder("both", "COPY version /\nRUN sleep 2 && cat /proc/sys/kernel/random/uuid > /id");
        Project.Write("app/app.csproj", Console($"<ContainerRepository>{Repository}/app</ContainerRepository>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        Project.Write("one.slnx",
            """<Solution><Project Path="left/left.proj" Type="C#" /><Project Path="both/both.proj" Type="C#" /><Project Path="app/app.csproj" /></Solution>""");
        Project.Write("two.slnx",
            """<Solution><Project Path="right/right.proj" Type="C#" /><Project Path="both/both.proj" Type="C#" /><Project Path="app/app.csproj" /></Solution>""");
        WriteSolutionTargets();

        WriteVersions("1");
        Assert.That(Baked((await Project.PublishAsync("one.slnx")).Succeeded()), Is.EquivalentTo(new[] { "app", "both", "left" }));
        var both = (await DigestsAsync("both"))["both"];
        Assert.That(Baked((await Project.PublishAsync("two.slnx")).Succeeded()), Is.EqualTo(new[] { "right" }));
        Assert.That((await DigestsAsync("both"))["both"], Is.EqualTo(both));

        var met = false;
        foreach (var version in new[] { "2", "3" })
        {
            WriteVersions(version);
            // Labels are in the configuration of published files: each solution stages and bakes them anew.
            var results = await Task.WhenAll(
                Project.PublishAsync("one.slnx", "--no-restore", $"-p:ContainerAuthors={version}"),
                Project.PublishAsync("two.slnx", "--no-restore", $"-p:ContainerAuthors={version}"));
            met |= results.Select(result => Baked(result.Succeeded())).All(baked => baked.Contains("both") && baked.Contains("app"));

            var digests = await DigestsAsync("left", "right", "both", "app");
            foreach (var (name, digest) in digests)
            {
                Assert.That(File.ReadAllText(FilesOf(name, $"{name}.digest").Single()), Is.EqualTo(digest), name);
            }

            Assert.That(digests["both"], Is.Not.EqualTo(both));
            both = digests["both"];
            Assert.That(Directory.GetFiles(Project.Folder, "*", SearchOption.AllDirectories)
                .Where(file => file.Contains(".session-", StringComparison.Ordinal) || file.EndsWith(".partial", StringComparison.Ordinal)),
                Is.Empty);
        }

        Assert.That(met, Is.True, "the two bakes never had the same images to build");

        // What one built is no change for the other; what changed since is one for both.
        Assert.That((await Project.PublishAsync("two.slnx", "--no-restore", "-p:ContainerAuthors=3")).Succeeded().Output,
            Does.Contain("0 built, 3 unchanged"));
        Project.Write("both/version", "4");
        Assert.That(Baked((await Project.PublishAsync("one.slnx", "--no-restore", "-p:ContainerAuthors=3")).Succeeded()),
            Is.EqualTo(new[] { "both" }));
        Assert.That((await DigestsAsync("both"))["both"], Is.Not.EqualTo(both));
        Assert.That((await Project.PublishAsync("two.slnx", "--no-restore", "-p:ContainerAuthors=3")).Succeeded().Output,
            Does.Contain("0 built, 3 unchanged"));
    }

    [Test]
    public async Task Two_bakes_of_one_project_at_once_build_what_each_was_asked_for()
    {
        WriteImages();
        WriteFolder("a", "COPY Dockerfile /a");
        WriteFolder("b", "COPY Dockerfile /b");
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();
        // A bake begins when the other one has written its files as well.
        var docker = Project.Write("meeting/docker", $$"""
            #!/bin/bash
            [ "$*" = "buildx version" ] && echo meeting
            if [ "$2" = bake ]; then
              touch '{{Project.PathOf("meeting")}}'/here.$$
              for i in $(seq 300); do [ "$(ls '{{Project.PathOf("meeting")}}' | grep -c here)" -ge 2 ] && break; sleep 0.1; done
            fi
            exec '{{Machine.Engine.ProgramOf("docker")}}' "$@"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        string[] tags = ["one", "two"];
        var results = await Task.WhenAll(tags.Select(tag =>
            Project.PublishAsync("images.proj", "--no-restore", $"-p:ContainerImageTag={tag}", $"-p:BuildKitDockerPath={docker}",
                "-p:BuildKitForce=true", "-p:BuildKitReport=true")));

        for (var i = 0; i < tags.Length; i++)
        {
            Assert.That(results[i].Succeeded().Output,
                Does.Contain("images -> 2 images: 2 built, 0 unchanged").And.Contain($"pushed {Image}/a:{tags[i]}").And.Contain(
                    $"pushed {Image}/b:{tags[i]}"));
            Assert.That(await Images.FindAsync(Repository + "/a", tags[i]), Is.Not.Null, tags[i]);
            Assert.That(await Images.FindAsync(Repository + "/b", tags[i]), Is.Not.Null, tags[i]);
        }

        Assert.That(Directory.GetFiles(Project.Folder, "bake*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "bake.json", "bake.html", "bake.report.json" }));
    }

    private void WriteVersions(string version) =>
        new[] { "left", "right", "both" }.ToList().ForEach(name => Project.Write($"{name}/version", version));
}
