namespace BuildKit.Tasks.EngineTests;

/// <summary>Images of a bake that fail.</summary>
public sealed class BakeFailureStory : BakeStory
{
    [Test]
    public async Task One_of_eight_fails_and_the_others_are_as_if_it_were_not_there()
    {
        WriteImages();
        string[] good = ["app", "f1", "f2", "f3", "f4", "f5", "f6"];
        Project.Write("app/app.csproj", Console($"<ContainerRepository>{Repository}/app</ContainerRepository>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        good[1..].ToList().ForEach(name => WriteFolder(name, $"COPY Dockerfile /{name}\nRUN cat /proc/sys/kernel/random/uuid > /id"));
        WriteFolder("bad", "COPY Dockerfile /bad\n\nRUN sleep 1 && exit 9");

        var first = await Project.PublishAsync("images.proj");
        Assert.That(first.ExitCode, Is.EqualTo(1), first.Output);
        Assert.That(first.Log.Errors.Select(error => (error.Code, error.File, error.Line)),
            Is.EqualTo(new[] { ("BK3101", Project.PathOf("bad/Dockerfile"), 4) }));
        Assert.That(first.Output, Does.Contain("8 images: 7 built, 0 unchanged, 1 failed").And.Not.Contain("bad -> ")
            .And.Not.Contain("from the cache"), "each tells of the run in which it was made");
        var digests = await DigestsAsync(good);
        foreach (var name in good)
        {
            Assert.That(File.ReadAllText(FilesOf(name, $"{name}.digest").Single()), Is.EqualTo(digests[name]), name);
        }

        Assert.That(((await DigestsAsync("bad"))["bad"], FilesOf("bad", "*.record.json").Length, FilesOf("bad", "*.digest").Length),
            Is.EqualTo(((string?)null, 0, 0)));

        // Corrected, it is the only one that is built; broken again, its last image and record stay what they were.
        WriteFolder("bad", "COPY Dockerfile /bad");
        var second = (await Project.PublishAsync("images.proj")).Succeeded();
        Assert.That(Baked(second), Is.EqualTo(new[] { "bad" }));
        var last = await DigestsAsync([.. good, "bad"]);
        Assert.That(digests, Is.SubsetOf(last));
        WriteFolder("bad", "COPY nothing /bad");
        Assert.That((await Project.PublishAsync("images.proj")).FailedWith("BK3102").Line, Is.EqualTo(2));
        WriteFolder("bad", "COPY Dockerfile /bad");
        Assert.That((await Project.PublishAsync("images.proj")).Succeeded().Output, Does.Contain("0 built, 8 unchanged"));
        Assert.That(await DigestsAsync([.. good, "bad"]), Is.EqualTo(last));
        Assert.That(Directory.GetFiles(Project.Folder, "*.session-*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    [Category("Long")]
    public async Task Failures_of_every_kind_are_told_as_each_project_alone_tells_them()
    {
        WriteImages();
        WriteFolder("good", "COPY Dockerfile /good");
        WriteFolder("run", "RUN echo why && exit 3");
        WriteFolder("copy", "COPY nothing /");
        WriteFolder("parse", "COPPY Dockerfile /");
        WriteFolder("base", "COPY Dockerfile /", from: $"{Machine.Registry.Address}/nowhere:1");
        WriteFolder("secret", "RUN --mount=type=secret,id=absent,required=true true");
        WriteFolder("push", "COPY Dockerfile /push", items: "<BuildKitImageDefinition Include=\"push\" ContainerRegistry=\"localhost:9\" />");
        Project.Write("all.slnx",
            $"<Solution>{string.Concat(new[] { "good", "run", "copy", "parse", "base", "secret", "push" }.Select(name => $"<Project Path=\"{name}/{name}.proj\" Type=\"C#\" />"))}</Solution>");

        var together = await Project.PublishAsync("images.proj");
        Assert.That((together.ExitCode, (await DigestsAsync("good"))["good"] is not null), Is.EqualTo((1, true)), together.Output);
        Assert.That(together.Output, Does.Contain("7 images: 1 built, 0 unchanged, 6 failed"));
        var alone = await Project.PublishAsync("all.slnx", "-p:BuildKitBakeSolution=false");
        Assert.That(alone.Log.Tasks, Does.Contain("DockerBuildxBuild").And.Not.Contain("RunBake"));
        Assert.That(alone.Log.Errors, Has.Count.EqualTo(6));
        Assert.That(together.Log.Errors, Is.EquivalentTo(alone.Log.Errors));
    }

    [Test]
    public async Task Of_three_images_of_a_project_one_fails_and_one_is_refused()
    {
        WriteImages();
        WriteFolder("other", "COPY Dockerfile /other");
        Project.Write("pair/pair.proj", WithoutCode(items: $"""
            <BuildKitImageDefinition Include="bad" BuildKitDockerfile="bad.Dockerfile" ContainerRepository="{Repository}/bad" />
            <BuildKitImageDefinition Include="good" BuildKitDockerfile="good.Dockerfile" ContainerRepository="{Repository}/good" />
            <BuildKitImageDefinition Include="refused" BuildKitDockerfile="good.Dockerfile" ContainerRepository="{Repository}/refused" />
            <BuildKitOutput Include="archive" Type="oci" Path="/proc/nowhere/refused.tar" Image="refused" />
            """));
        Project.Write("pair/bad.Dockerfile", $"FROM {BaseImages.Debian}\nRUN exit 5\n");
        Project.Write("pair/good.Dockerfile", "FROM scratch\nCOPY good.Dockerfile /\n");
        Project.Write("pair/.dockerignore", "bin\nobj\n");

        var first = await Project.PublishAsync("images.proj");
        Assert.That(first.ExitCode, Is.EqualTo(1));
        Assert.That(first.Log.Errors.Select(error => (error.Code, error.File, error.Line)),
            Is.EquivalentTo(new[] { ("BK3101", Project.PathOf("pair/bad.Dockerfile"), 2), ("BK5006", Project.PathOf("pair/pair.proj"), 0) }));
        Assert.That(first.Output,
            Does.Contain("4 images: 2 built, 0 unchanged").And.Contain($"pair -> pushed {Image}/good:latest").And.Not.Contain(
                $"pushed {Image}/bad:"));
        Assert.That((await DigestsAsync("other", "good", "bad", "refused")).Where(pair => pair.Value is null).Select(pair => pair.Key),
            Is.EqualTo(new[] { "bad", "refused" }));
        Assert.That(FilesOf("pair", "*.record.json").Select(Path.GetFileName), Is.EqualTo(new[] { "good.record.json" }));

        Project.Write("pair/bad.Dockerfile", "FROM scratch\nCOPY bad.Dockerfile /\n");
        var second = await Project.PublishAsync("images.proj");
        second.FailedWith("BK5006");
        // The context of the good one has the other's Dockerfile in it.
        Assert.That(second.Output, Does.Contain("4 images: 2 built, 1 unchanged"));
        Assert.That((await DigestsAsync("bad"))["bad"], Is.Not.Null);
    }

    [Test]
    public async Task Nothing_is_built_on_what_an_earlier_build_left_of_an_image_that_is_refused_now()
    {
        WriteImages();
        WriteFolder("base", "COPY Dockerfile /base");
        WriteFolder("top", "COPY Dockerfile /top", from: $"{Image}/base");
        Project.Write("app/app.csproj",
            Console($"<ContainerRepository>{Repository}/app</ContainerRepository><ContainerBaseImage>{Image}/base:latest</ContainerBaseImage>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        (await Project.PublishAsync("images.proj")).Succeeded();
        var before = await DigestsAsync("base", "top", "app");

        WriteFolder("base", "MAINTAINER nobody");
        var result = await Project.DotnetAsync(["publish", "images.proj", "-p:BuildKitLint=error"]);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Log.Errors.Select(error => (error.Code == "BK6205", error.File)), Is.EquivalentTo(new[]
        {
            (false, Project.PathOf("base/Dockerfile")), (true, Project.PathOf("top/top.proj")), (true, Project.PathOf("app/app.csproj")),
        }), result.Output);
        Assert.That(await DigestsAsync("base", "top", "app"), Is.EqualTo(before));
        Assert.That(result.Output, Does.Contain("3 images: 0 built, 0 unchanged"));
    }

    [Test]
    public async Task A_base_image_that_was_never_there_and_fails_is_what_keeps_published_files_from_being_an_image()
    {
        WriteImages();
        WriteFolder("base", "RUN exit 3");
        Project.Write("app/app.csproj",
            Console($"<ContainerRepository>{Repository}/app</ContainerRepository><ContainerBaseImage>{Image}/base:latest</ContainerBaseImage>"));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
        var result = await Project.PublishAsync("images.proj");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Log.Errors.Select(error => (error.Code, error.File)),
            Is.EquivalentTo(new[] { ("BK3101", Project.PathOf("base/Dockerfile")), ("BK6205", Project.PathOf("app/app.csproj")) }), result.Output);
    }
}
