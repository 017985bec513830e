namespace BuildKit.Tasks.EngineTests;

/// <summary>A solution of projects with Dockerfiles is published with nothing added: their images are made in one bake.</summary>
public sealed class SolutionImagesStory : Story
{
    [TestCase("-m", Category = "Long")]
    [TestCase("-m:1", Category = "Long")]
    [TestCase("-mt", Category = "Long")]
    [TestCase("-graph")]
    public async Task Images_from_Dockerfiles_meet_in_one_bake_and_the_others_are_made_by_their_projects(string option)
    {
        WriteCode("api", "FROM {0}\nCOPY Program.cs /\n");
        WriteCode("worker", "FROM {0}\nRUN echo worker > /name\n");
        WriteCode("thin", "FROM {0}\nCOPY --from=publish . /app/\n");
        WriteFolder("front", "COPY Dockerfile /");
        WriteSolution("api", "worker", "thin", "front");

        var first = (await Project.DotnetAsync(["publish", "all.slnx", option, "-p:BuildKitReport=true"], variables: InCi)).Succeeded();

        Assert.That((Count(first, "RunBake"), Count(first, "DockerBuildxBuild")), Is.EqualTo((1, 1)), first.Output);
        Assert.That(first.Output, Does.Contain("all -> 3 images: 3 built, 0 unchanged"));
        Assert.That(first.Log.Warnings, Is.Empty);
        Assert.That(first.Output, Does.Match(@"\n *all \[api 2/2\] COPY .*  [0-9.]+ s\n"), "in CI each step has its line");
        Assert.That(File.ReadAllText(Project.PathOf("obj/all/buildkit/bake.html")),
            Does.Match("\"targets\":\\[[^]]*\"api\"").And.Match("\"targets\":\\[[^]]*\"worker\"").And.Match("\"targets\":\\[[^]]*\"front\""));
        foreach (var name in new[] { "api", "worker", "thin", "front" })
        {
            var digest = (await Images.ManifestAsync($"{Repository}/{name}")).Digest;
            Assert.That(first.Output, Does.Contain($"{name} -> pushed {Image}/{name}:latest\n").And.Contain(digest));
            var alone = (await Project.PublishAsync(name, "--no-restore")).Succeeded();
            Assert.That((alone.Log.Tasks.Contains("DockerBuildxBuild"), File.ReadAllText(Digests(name).Single())), Is.EqualTo((false, digest)), name);
        }

        var second = (await Project.PublishAsync("all.slnx", option)).Succeeded();
        Assert.That((Count(second, "RunBake"), Count(second, "DockerBuildxBuild"), Count(second, "EnsureBuildKit")), Is.EqualTo((0, 0, 0)));

        Project.Write("worker/Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo other > /name\n");
        var third = (await Project.PublishAsync("all.slnx", option)).Succeeded();
        Assert.That((Count(third, "RunBake"), Count(third, "DockerBuildxBuild")), Is.EqualTo((0, 1)), "one image alone is its project's");
    }

    [Test]
    public async Task One_that_fails_fails_its_own_project_once()
    {
        WriteFolder("a", "COPY Dockerfile /a");
        WriteFolder("b", "RUN exit 7");
        WriteFolder("c", "COPY Dockerfile /c");
        WriteSolution("a", "b", "c");

        var result = await Project.PublishAsync("all.slnx");

        var error = result.FailedWith("BK3101");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf("b/Dockerfile"), 2)));
        Assert.That((result.Log.Errors.Count, result.Log.Warnings.Count), Is.EqualTo((1, 0)), result.Output);
        foreach (var name in new[] { "a", "b", "c" })
        {
            Assert.That(await Images.FindAsync($"{Repository}/{name}") is null, Is.EqualTo(name == "b"), name);
        }

        Assert.That((Digests("a").Length, Digests("b").Length, Digests("c").Length), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public async Task Solutions_can_leave_it_and_a_project_that_does_not_compile_has_no_image()
    {
        WriteCode("api", "FROM {0}\nCOPY Program.cs /\n");
        WriteCode("broken", "FROM {0}\nCOPY Program.cs /\n");
        WriteFolder("front", "COPY Dockerfile /");
        WriteSolution("api", "broken", "front");

        var alone = (await Project.PublishAsync("all.slnx", "-p:BuildKitBakeSolution=false")).Succeeded();
        Assert.That((Count(alone, "RunBake"), Count(alone, "DockerBuildxBuild")), Is.EqualTo((0, 3)));

        var built = (await Project.DotnetAsync(["build", "all.slnx", "-c", "Release", "-p:BuildKitForce=true"])).Succeeded();
        Assert.That((Count(built, "RunBake"), Count(built, "DockerBuildxBuild")), Is.EqualTo((0, 0)), "a build makes no image, of folders neither");

        Project.Write("broken/Program.cs", "no code");
        Project.Write("api/Program.cs", "System.Console.WriteLine(2);");
        WriteFolder("front", "COPY Dockerfile /changed");
        var before = (await Images.ManifestAsync(Repository + "/broken")).Digest;
        var result = await Project.PublishAsync("all.slnx");
        Assert.That((result.ExitCode, result.Log.Errors.Select(error => error.File).Distinct()),
            Is.EqualTo((1, new[] { Project.PathOf("broken/Program.cs") })));
        Assert.That(result.Output, Does.Contain("all -> 2 images: 2 built, 0 unchanged"));
        Assert.That((await Images.ManifestAsync(Repository + "/broken")).Digest, Is.EqualTo(before));
    }

    private static Dictionary<string, string?> InCi { get; } = new() { ["CI"] = "true" };

    private static int Count(DotnetResult result, string task) => result.Log.Tasks.Count(name => name == task);

    private string[] Digests(string name) => Directory.GetFiles(Project.PathOf(name), name + ".digest", SearchOption.AllDirectories);

    private void WriteCode(string name, string dockerfile)
    {
        Project.Write($"{name}/{name}.csproj", Console($"<ContainerRepository>{Repository}/{name}</ContainerRepository>"));
        Project.Write($"{name}/Program.cs", $"System.Console.WriteLine(\"{name}\");");
        Project.Write($"{name}/Dockerfile", string.Format(System.Globalization.CultureInfo.InvariantCulture, dockerfile, BaseImages.Debian));
        Project.Write($"{name}/.dockerignore", "bin\nobj\n");
    }

    private void WriteFolder(string name, string step)
    {
        Project.Write($"{name}/{name}.proj", WithoutCode($"<ContainerRepository>{Repository}/{name}</ContainerRepository>"));
        Project.Write($"{name}/Dockerfile", $"FROM {BaseImages.Debian}\n{step}\n");
        Project.Write($"{name}/.dockerignore", "bin\nobj\n");
    }

    private void WriteSolution(params string[] names) => Project.Write("all.slnx", $"<Solution>{string.Concat(names.Select(name =>
        $"<Project Path=\"{name}/{name}.{(File.Exists(Project.PathOf($"{name}/{name}.proj")) ? "proj\" Type=\"C#" : "csproj")}\" />"))}</Solution>");
}
