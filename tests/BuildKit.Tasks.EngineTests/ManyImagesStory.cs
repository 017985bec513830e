namespace BuildKit.Tasks.EngineTests;

/// <summary>Several projects are published together, and their images are made in one bake.</summary>
public sealed class ManyImagesStory : BakeStory
{
    private static readonly string[] None = [];

    [Test]
    public async Task Images_are_those_of_each_project_alone_and_only_what_changed_is_baked()
    {
        WriteImages();
        Project.Write("lib/lib.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Project.Write("lib/Text.cs", "public static class Text { public const string Of = \"1\"; }");
        const string reference = "<ProjectReference Include=\"../lib/lib.csproj\" />";
        Project.Write("web/web.csproj",
            Console($"<ContainerRepository>{Repository}/web</ContainerRepository><ContainerBaseImage>{BaseImages.Of("aspnet")}</ContainerBaseImage>",
                reference).Replace("Microsoft.NET.Sdk\"", "Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal));
        Project.Write("web/Program.cs",
            "var app = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args).Build(); System.Console.WriteLine(Text.Of); app.Run();");
        Project.Write("worker/worker.csproj", Console($"<ContainerRepository>{Repository}/worker</ContainerRepository>", reference));
        Project.Write("worker/Program.cs", "System.Console.WriteLine(Text.Of + \" a\");");
        WriteFolder("front", "COPY Dockerfile /");

        var first = (await PublishAsync("images.proj")).Succeeded();
        Assert.That(Baked(first), Is.EquivalentTo(new[] { "front", "web", "worker" }));
        Assert.That(first.Output, Does.Contain("images -> 3 images: 3 built, 0 unchanged").And.Contain($"worker -> pushed {Image}/worker:latest"));
        Assert.That(first.Log.Targets.Count(target => target == "building the image"), Is.Zero);

        foreach (var name in new[] { "web", "worker", "front" })
        {
            var digest = (await Images.ManifestAsync($"{Repository}/{name}")).Digest;
            Assert.That(File.ReadAllText(Directory.GetFiles(Project.PathOf(name), $"{name}.digest", SearchOption.AllDirectories).Single()),
                Is.EqualTo(digest));
            var alone = (await PublishAsync(name, "--no-restore")).Succeeded();
            Assert.That(alone.Log.Tasks, Does.Not.Contain("DockerBuildxBuild"), name);
            (await PublishAsync(name, "--no-restore", "-p:BuildKitForce=true")).Succeeded();
            Assert.That((await Images.ManifestAsync($"{Repository}/{name}")).Digest, Is.EqualTo(digest), name);
        }

        var second = (await PublishAsync("images.proj")).Succeeded();
        Assert.That((Baked(second), second.Log.Tasks.Intersect(["EnsureBuildKit", "RunBake"])), Is.EqualTo((None, None)));
        Assert.That(second.Output, Does.Contain("0 built, 3 unchanged"));

        Project.Write("worker/Program.cs", "System.Console.WriteLine(Text.Of + \" b\");");
        var third = (await PublishAsync("images.proj")).Succeeded();
        Assert.That(Baked(third), Is.EqualTo(new[] { "worker" }));
        Assert.That(third.Output, Does.Contain("1 built, 2 unchanged"));
    }

    [Test]
    public async Task One_that_fails_does_not_keep_the_others_from_being_pushed()
    {
        WriteImages();
        WriteFolder("a", "COPY Dockerfile /a");
        WriteFolder("b", $"RUN echo out-b\nRUN sleep 1 && exit 7");
        WriteFolder("c", "COPY Dockerfile /c", "--shm-size;1g");
        WriteFolder("on-b", "COPY Dockerfile /d", from: $"{Image}/b");

        var result = await Project.PublishAsync("images.proj");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Log.Errors.Select(error => (error.Code, error.File, error.Line)), Is.EquivalentTo(new[]
        {
            ("BK3101", Project.PathOf("b/Dockerfile"), 3), ("BK6205", Project.PathOf("on-b/on-b.proj"), 0),
        }));
        Assert.That(result.Output, Does.Contain("4 images: 2 built, 0 unchanged"));
        Assert.That(File.ReadAllText(Directory.GetFiles(Project.PathOf("obj"), "bake.html", SearchOption.AllDirectories).Single()),
            Does.Contain("exit 7").And.Match("\"targets\":\\[[^]]*\"a\""), "it shows what failed, asked for or not");
        foreach (var (name, isThere) in new[] { ("a", true), ("b", false), ("c", true), ("on-b", false) })
        {
            Assert.That(await Images.FindAsync($"{Repository}/{name}") is not null, Is.EqualTo(isThere), name);
            Assert.That(Directory.GetFiles(Project.PathOf(name), $"{name}.record.json", SearchOption.AllDirectories),
                Has.Length.EqualTo(isThere ? 1 : 0), name);
        }

        WriteFolder("b", "RUN true");
        Assert.That(Baked((await Project.PublishAsync("images.proj")).Succeeded()), Is.EquivalentTo(new[] { "b", "on-b" }));
    }

    [Test]
    public async Task Images_that_build_on_each_other_follow_and_the_definition_runs_by_hand()
    {
        WriteImages();
        WriteFolder("base", "RUN --mount=type=secret,id=token cat /run/secrets/token | wc -c > /size && cat /run/secrets/token",
            items: "<BuildKitSecret Include=\"token\" EnvironmentVariable=\"STORY_TOKEN\" /><BuildKitBuildArg Include=\"A\" Value=\"x$%7BB%7Dy\" />");
        WriteFolder("top", "COPY --from=" + Image + "/base:latest /size /copied\nRUN cmp /size /copied", from: $"{Image}/base:latest");
        Project.Write("app/app.csproj",
            Console($"<ContainerRepository>{Repository}/app</ContainerRepository><ContainerBaseImage>{Image}/base:latest</ContainerBaseImage>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        var variables = new Dictionary<string, string?> { ["STORY_TOKEN"] = "very-s3cret-token" };

        var result = (await Project.DotnetAsync(["publish", "images.proj", "-v:d"], "", variables)).Succeeded();

        Assert.That(Baked(result), Is.EquivalentTo(new[] { "app", "base", "top" }));
        Assert.That(result.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(2), "published files wait for their base image");
        Assert.That((await Images.ManifestAsync(Repository + "/app")).Layers,
            Is.SupersetOf((await Images.ManifestAsync(Repository + "/base")).Layers));
        Assert.That((await Images.ManifestAsync(Repository + "/top")).Layers,
            Is.SupersetOf((await Images.ManifestAsync(Repository + "/base")).Layers));
        Assert.That(result.Output, Does.Not.Contain("very-s3cret-token"));
        Assert.That(Directory.GetFiles(Project.Folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("very-s3cret-token", StringComparison.Ordinal)), Is.Empty);

        var digests = await DigestsAsync();
        var definition = Directory.GetFiles(Project.PathOf("obj"), "bake.json", SearchOption.AllDirectories).Single();
        await BakeByHandAsync(definition, "/");
        Assert.That(await DigestsAsync(), Is.EqualTo(digests));

        (await Project.DotnetAsync(["build", "images.proj", "-t:BuildKitWriteBake", "-c", "Release"], "", variables)).Succeeded();
        Assert.That(File.ReadAllText(Project.PathOf("docker-bake.json")),
            Does.Contain("\"context\": \"top\"").And.Contain("\"app\"").And.Contain("x$${B}y"));
        await BakeByHandAsync(Project.PathOf("docker-bake.json"), Project.Folder);
        Assert.That(await DigestsAsync(), Is.EqualTo(digests));

        async Task<string> DigestsAsync() =>
            string.Join(' ', (await Images.ManifestAsync(Repository + "/base")).Digest, (await Images.ManifestAsync(Repository + "/top")).Digest);

        async Task BakeByHandAsync(string file, string folder)
        {
            var environment = new Dictionary<string, string>(Machine.Engine.Environment)
            { ["STORY_TOKEN"] = "very-s3cret-token", ["BUILDX_BAKE_ENTITLEMENTS_FS"] = folder == "/" ? "0" : "1" };
            (await Command.RunAsync(Machine.Engine.ProgramOf("docker"), ["buildx", "bake", "--file", file], folder, environment)).Succeeded();
        }
    }

    [TestCase("the same name", "BK6202")]
    [TestCase("a circle", "BK6203")]
    [TestCase("a missing project", "BK6201")]
    public async Task What_cannot_be_baked_is_told_before_anything_is_built(string what, string code)
    {
        WriteImages(what == "a missing project" ? "a/a.proj;b/b.proj;c/c.proj" : "*/*.proj");
        WriteFolder("a", "RUN true", from: what == "a circle" ? $"{Image}/b" : "");
        WriteFolder("b", "RUN true", from: what == "a circle" ? $"{Image}/a" : "", repository: what == "the same name" ? "a" : "");
        var error = (await Project.PublishAsync("images.proj")).FailedWith(code);
        Assert.That(error.Text, what == "a missing project" ? Does.Contain("c/c.proj") : Does.Contain("a.proj").And.Contain("b.proj"));
        Assert.That((await Images.FindAsync(Repository + "/a"), await Images.FindAsync(Repository + "/b")),
            Is.EqualTo(((RegistryManifest?)null, (RegistryManifest?)null)));
    }

    [TestCase("sln", Category = "Long")]
    [TestCase("slnx")]
    public async Task One_line_bakes_a_solution_and_a_project_can_name_the_solution(string kind)
    {
        WriteFolder("a a", "COPY Dockerfile /a", repository: "a");
        WriteFolder("b", "COPY Dockerfile /b");
        Project.Write("all." + kind, kind == "slnx"
            ? "<Solution><Project Path=\"a a/a a.proj\" Type=\"C#\" /><Project Path=\"b/b.proj\" Type=\"C#\" /></Solution>"
            : SolutionText.Of("a a", "b"));
        WriteSolutionTargets();

        var first = (await Project.PublishAsync("all." + kind)).Succeeded();
        Assert.That(Baked(first), Is.EquivalentTo(new[] { "a a", "b" }));
        Assert.That((first.Log.Tasks.Count(task => task == "RunBake"), first.Log.Tasks.Count(task => task == "DockerBuildxBuild")),
            Is.EqualTo((1, 0)));
        Assert.That(await Images.FindAsync(Repository + "/a"), Is.Not.Null);
        Assert.That((await Project.PublishAsync("all." + kind)).Succeeded().Output, Does.Contain("0 built, 2 unchanged"));

        WriteImages("all." + kind);
        WriteFolder("b", "COPY Dockerfile /changed");
        Assert.That(Baked((await Project.PublishAsync("images.proj")).Succeeded()), Is.EqualTo(new[] { "b" }));
    }
}
