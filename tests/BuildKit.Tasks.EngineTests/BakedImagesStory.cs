using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Several images of one project: one bake, and a result for each as if it was built alone.</summary>
public sealed partial class BakedImagesStory : Story
{
    // Each waits until the other has begun, in a cache mount that both see: one after the other they would never end well.
    private const string Meets =
        "RUN --mount=type=cache,id=ID,target=/meet touch /meet/ME && for i in $(seq 60); do test -e /meet/OTHER && exit 0; sleep 1; done; exit 7";

    [Test]
    public async Task Images_of_one_devspace_yaml_are_built_at_the_same_time()
    {
        WriteDevSpace("a", "b");
        WriteImage("a", Meets.Replace("ME", "a", StringComparison.Ordinal).Replace("OTHER", "b", StringComparison.Ordinal));
        WriteImage("b", Meets.Replace("ME", "b", StringComparison.Ordinal).Replace("OTHER", "a", StringComparison.Ordinal));
        var built = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(built.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(built.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        foreach (var name in new[] { "a", "b" })
        {
            Assert.That(built.Output, Does.Contain((await Images.ManifestAsync($"{Repository}/{name}", "one")).Digest[..19]), name);
        }

        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Log.Tasks, Has.No.Member("RunBake").And.No.Member("DockerBuildxBuild"));
    }

    [Test]
    public async Task Only_what_changed_is_built_and_an_image_that_is_wanted_alone_is_built_alone()
    {
        WriteDevSpace("a", "b", "c");
        new[] { "a", "b", "c" }.ToList().ForEach(name => WriteImage(name));
        (await Project.DotnetAsync(["publish", "-p:BuildKitOnlyImage=c"])).Succeeded();
        Assert.That(await TagsAsync("a", "b", "c"), Is.EqualTo(new[] { false, false, true }));

        var two = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(Baked(two), Is.EquivalentTo(new[] { "a", "b" }), "c is there");
        Assert.That(await TagsAsync("a", "b", "c"), Is.EqualTo(new[] { true, true, true }));

        WriteImage("b", "RUN echo other");
        var one = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((one.Log.Tasks.Count(task => task == "DockerBuildxBuild"), one.Log.Tasks.Contains("RunBake")), Is.EqualTo((1, false)));

        var apart = (await Project.DotnetAsync(["publish", "-p:BuildKitForce=true", "-p:BuildKitBakeImages=false"])).Succeeded();
        Assert.That((apart.Log.Tasks.Count(task => task == "DockerBuildxBuild"), apart.Log.Tasks.Contains("RunBake")), Is.EqualTo((3, false)));
    }

    [Test]
    public async Task One_that_fails_has_an_error_at_its_line_and_the_others_are_there()
    {
        WriteDevSpace("good", "bad", "above", "refused", "same");
        WriteImage("same");
        (await Project.DotnetAsync(["publish", "-p:BuildKitOnlyImage=same"])).Succeeded();
        WriteImage("good", "COPY Dockerfile /good");
        WriteImage("bad", "RUN echo why; exit 3");
        WriteImage("above", "COPY --from=bad-image /etc/hostname /");
        Project.Write("above/Dockerfile", $"FROM {Image}/bad:one\n");
        WriteImage("refused", "RUN echo $TOKEN");
        AddItem("""<BuildKitOutput Include="archive" Type="oci" Path="/proc/nowhere/refused.tar" Image="refused" />""");

        var failed = await Project.DotnetAsync(["publish"]);
        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.Output);
        Assert.That(failed.Log.Errors.Select(error => (error.Code, Path.GetFileName(error.File), error.Line)), Is.EquivalentTo(new[]
        {
            ("BK5006", "images.proj", 0), ("BK3101", "Dockerfile", 2), ("BK6205", "images.proj", 0),
        }));
        Assert.That(failed.Log.Errors.Single(error => error.Code == "BK3101").File, Is.EqualTo(Project.PathOf("bad/Dockerfile")));
        Assert.That(await TagsAsync("good", "bad", "above", "refused", "same"), Is.EqualTo(new[] { true, false, false, false, true }));
        Assert.That(failed.Output, Does.Contain("images -> 2 images"), "one was built, one is unchanged");

        WriteImage("bad");
        var again = await Project.DotnetAsync(["publish", "-p:BuildKitBakeContinue=false"]);
        Assert.That(await TagsAsync("bad", "above"), Is.EqualTo(new[] { false, false }), again.Output);
    }

    [Test]
    public async Task Each_image_reads_and_writes_its_own_cache_and_has_a_page_of_its_own()
    {
        WriteDevSpace("a", "b");
        WriteImage("a", "RUN echo first > /text");
        WriteImage("b", "RUN echo second > /text");
        string[] build = ["publish", "-p:BuildKitCacheProfile=Development", "-p:BuildKitReport=true"];
        var first = (await Project.DotnetAsync(build)).Succeeded();
        foreach (var name in new[] { "a", "b" })
        {
            Assert.That(await Images.FindAsync($"{Repository}/{name}", "devcache"), Is.Not.Null, name);
            Assert.That(Directory.GetFiles(Project.PathOf("obj"), $"{name}.html", SearchOption.AllDirectories), Has.Length.EqualTo(1), name);
            Assert.That(first.Log.Messages, Has.Some.Contains($"{Image}/{name}:devcache"));
        }

        var left = Directory.GetFiles(Project.PathOf("obj"), "bake.*", SearchOption.AllDirectories).Select(Path.GetExtension);
        Assert.That(left, Is.SupersetOf(new[] { ".json", ".html" }));
        Assert.That(Directory.GetFiles(Project.PathOf("obj"), "*.session-*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task What_a_bake_cannot_say_is_built_one_after_the_other()
    {
        WriteDevSpace("a", "b");
        WriteImage("a");
        WriteImage("b");
        AddItem("""<BuildKitBuildOption Include="--cgroup-parent=buildkit" Image="b" />""");
        var built = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((built.Log.Tasks.Count(task => task == "DockerBuildxBuild"), built.Log.Tasks.Contains("RunBake")), Is.EqualTo((2, false)));
        Assert.That(built.Log.Messages, Has.Some.Contains("one after the other: a bake has no word for the option --cgroup-parent=buildkit of b"));
    }

    [Test]
    public async Task A_service_that_another_one_is_built_on_is_built_in_the_same_bake()
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitComposeFile>compose.yaml</BuildKitComposeFile></PropertyGroup>
            </Project>
            """);
        Project.Write("compose.yaml", $$"""
            services:
              app:
                image: {{Repository}}/app
                build:
                  context: app
                  additional_contexts: {below: "service:base"}
              base:
                image: {{Repository}}/base
                build: base
            """);
        Project.Write("app/Dockerfile", "FROM below\nCOPY Dockerfile /app\n");
        Project.Write("base/Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo {Repository} > /base\n");
        // A builder with a store of its own: no image of the engine can be its base, and no registry gets these.
        string[] build = ["publish", "-p:BuildKitDriver=docker-container", "-p:BuildKitOnlyImage=app"];
        Project.Write("Directory.Build.targets", $"<Project><ItemGroup>{ContainerOptions}</ItemGroup></Project>");
        var first = (await Project.DotnetAsync(build)).Succeeded();
        Assert.That(first.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync($"{Repository}/app", "cat", "/base"), Is.EqualTo(Repository));

        Project.Write("app/Dockerfile", "FROM below\nCOPY Dockerfile /app\nRUN echo changed\n");
        var second = (await Project.DotnetAsync(build)).Succeeded();
        Assert.That(second.Log.Messages, Has.Some.Contains("Baking base: app is built on it, and no registry has it"));
    }

    [Test]
    public async Task A_project_of_code_builds_what_its_service_is_built_on_too()
    {
        Project.Write("compose.yaml", $$"""
            services:
              app:
                image: {{Image}}/app
                build:
                  context: app
                  additional_contexts: {below: "service:base"}
              base:
                image: {{Image}}/base
                build: base
              other:
                image: {{Image}}/other
                build: other
            """);
        Project.Write("app/app.csproj", Console("<BuildKitComposeFile>../compose.yaml</BuildKitComposeFile>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine();");
        Project.Write("app/.dockerignore", "bin\nobj\n");
        Project.Write("app/Dockerfile", "FROM below\nCOPY Program.cs /app\n");
        Project.Write("base/base.csproj", Console("<BuildKitComposeFile>../compose.yaml</BuildKitComposeFile>"));
        Project.Write("base/Program.cs", "System.Console.WriteLine();");
        Project.Write("base/.dockerignore", "bin\nobj\n");
        Project.Write("base/Dockerfile", $"FROM scratch\nCOPY Program.cs /{Repository}\n");
        var alone = (await Project.DotnetAsync(["publish"], "app")).Succeeded();
        Assert.That(alone.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(await TagsAsync("latest", "app", "base", "other"), Is.EqualTo(new[] { true, true, false }));

        // With the project that owns it, that one builds it, once.
        Project.Write("all.slnx", "<Solution><Project Path=\"app/app.csproj\" /><Project Path=\"base/base.csproj\" /></Solution>");
        Project.Write("base/Program.cs", "System.Console.WriteLine(1);");
        var together = (await Project.PublishAsync("all.slnx")).Succeeded();
        Assert.That(together.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(Baked(together), Is.EquivalentTo(new[] { "app", "base" }));
    }

    private static IEnumerable<string> Baked(DotnetResult result) =>
        result.Log.Messages.Select(message => Announcement().Match(message)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^Baking (\S+):")]
    private static partial Regex Announcement();

    private async Task<bool[]> TagsAsync(params string[] names)
    {
        var (tag, wanted) = names[0] == "latest" ? ("latest", names[1..]) : ("one", names);
        return await Task.WhenAll(wanted.Select(async name => await Images.FindAsync($"{Repository}/{name}", tag) is not null));
    }

    private void WriteDevSpace(params string[] names)
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile></PropertyGroup>
              <ItemGroup></ItemGroup>
            </Project>
            """);
        var images = names.Select(name => $"  {name}: {{image: {Image}/{name}, tags: [one], context: {name}, dockerfile: {name}/Dockerfile}}\n");
        Project.Write("devspace.yaml", $"version: v2beta1\nname: team\nimages:\n{string.Concat(images)}");
    }

    private void AddItem(string item) => Project.Write(
        "images.proj", File.ReadAllText(Project.PathOf("images.proj")).Replace("<ItemGroup>", "<ItemGroup>" + item, StringComparison.Ordinal));

    private void WriteImage(string name, string line = "")
    {
        var written = line.Replace("id=ID", "id=" + Repository, StringComparison.Ordinal);
        Project.Write($"{name}/Dockerfile", line.Length == 0 ? $"FROM scratch\nCOPY Dockerfile /{name}\n" : $"FROM {BaseImages.Debian}\n{written}\n");
    }
}
