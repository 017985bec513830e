namespace BuildKit.Tasks.EngineTests;

/// <summary>Repositories as others wrote them: the context is found, or the error says where the file is that was missed.</summary>
public sealed class UnknownRepositoryStory : Story
{
    [Test]
    public async Task A_stale_line_is_blamed_and_not_a_good_one()
    {
        WriteRepository("FROM scratch\nCOPY src/App/a.txt /\nCOPY src/Gone/b.txt /\n");
        var error = (await Project.DotnetAsync(["publish", "src/App/image.proj"])).FailedWith("BK3102");
        Assert.That((error.Line, error.Text.Contains("src/Gone/b.txt", StringComparison.Ordinal)), Is.EqualTo((3, true)), error.Text);
        var check = await Project.DotnetAsync(["build", "src/App/image.proj", "-t:BuildKitCheck"]);
        var warning = check.Log.Warnings.Single(one => one.Code == "BK3319");
        Assert.That((Path.GetFileName(warning.File), warning.Line), Is.EqualTo(("Dockerfile", 3)));
    }

    [Test]
    public async Task COPY_of_everything_below_src_takes_the_folder_that_its_steps_mean()
    {
        WriteRepository($"FROM {BaseImages.Debian}\nWORKDIR /repo\nCOPY . .\nRUN cat src/App/a.txt\n");
        (await Project.DotnetAsync(["publish", "src/App/image.proj"])).Succeeded();
    }

    [Test]
    public async Task A_step_that_fails_in_a_wrong_context_says_which_other_folder_has_the_file()
    {
        WriteRepository($"FROM {BaseImages.Debian}\nWORKDIR /repo\nCOPY . .\nRUN cat src/App/a.txt\n", "<DockerfileContext>.</DockerfileContext>");
        var error = (await Project.DotnetAsync(["publish", "src/App/image.proj"])).FailedWith("BK3101");
        Assert.That(error.Text,
            Does.Contain(
                $"The context was {Project.PathOf("src/App")} (DockerfileContext); {Project.Folder} has src/App/a.txt: write "
                    + "<BuildKitContext>../..</BuildKitContext>"));
    }

    [Test]
    public async Task A_named_context_that_is_missing_is_told_alike_in_a_check_and_in_a_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\n\nCOPY --from=assets / /assets\n");
        foreach (var target in new[] { "BuildKitBuildImage", "BuildKitCheck" })
        {
            var error = (await Project.DotnetAsync(["build", $"-t:{target}"])).FailedWith("BK3108");
            Assert.That((error.Line, error.Text.Contains("<BuildKitNamedContext Include=\"assets\"", StringComparison.Ordinal)),
                Is.EqualTo((3, true)), error.Text);
        }
    }

    [Test]
    public async Task An_image_that_the_mirror_lacks_is_told_by_its_own_name()
    {
        WriteDockerfile("FROM images.example.com/tools/none:9\nCOPY Dockerfile /\n",
            items: $"<BuildKitRegistryMirror Include=\"images.example.com\" Mirror=\"{Machine.Registry.Address}/mirror\" />");
        foreach (var target in new[] { "BuildKitBuildImage", "BuildKitCheck" })
        {
            var error = (await Project.DotnetAsync(["build", $"-t:{target}"])).FailedWith("BK3005");
            Assert.That(error.Text,
                Does.StartWith("The base image images.example.com/tools/none:9 was not found in the mirror, as "
                    + Machine.Registry.Address).And.Not.Contains("Include=\"localhost"));
        }
    }

    [Test]
    public async Task What_is_about_the_context_is_said_once_for_all_of_its_Dockerfiles()
    {
        Project.Write("image.proj", WithoutCode(items: """
            <BuildKitImageDefinition Include="a" BuildKitDockerfile="a.Dockerfile" ContainerRepository="a" />
            <BuildKitImageDefinition Include="b" BuildKitDockerfile="b.Dockerfile" ContainerRepository="b" />
            """));
        Project.Write("a.Dockerfile", "FROM scratch\nCOPY . /a\n");
        Project.Write("b.Dockerfile", "FROM scratch\nCOPY . /b\n");
        Project.Write("node_modules/x/index.js", new string('x', 20_000));
        var warnings = (await Project.DotnetAsync(["build", "-t:BuildKitCheck"])).Succeeded().Log.Warnings;
        Assert.That(warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK3314" }));
    }

    [Test]
    public async Task Windows_line_ends_in_a_here_document_fail_and_the_check_says_so()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\r\nRUN <<SCRIPT\r\nset -e\r\nmkdir /data\r\nSCRIPT\r\n");
        Assert.That((await Project.DotnetAsync(["build", "-t:BuildKitCheck"])).Log.Warnings.Select(warning => $"{warning.Code} {warning.Line}"),
            Does.Contain("BK3320 2"));
        (await Project.DotnetAsync(["publish"])).FailedWith("BK3109");
    }

    [Test]
    public async Task A_folder_project_is_not_compared_with_a_framework_that_it_does_not_have()
    {
        WriteDockerfile("FROM mcr.microsoft.com/dotnet/runtime:8.0\nCOPY Dockerfile /\n",
            items: $"<BuildKitNamedContext Include=\"mcr.microsoft.com/dotnet/runtime:8.0\" Source=\"docker-image://{BaseImages.Of("runtime")}\" />");
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Log.Warnings, Is.Empty);
    }

    [Test]
    public async Task The_first_of_several_frameworks_is_told()
    {
        Project.Write("app.csproj", Console("<TargetFrameworks>net10.0;net9.0</TargetFrameworks><TargetFramework />"));
        Project.Write("Dockerfile", "FROM scratch\nCOPY app.csproj /\n");
        Project.Write("Program.cs", "");
        var result = (await Project.DotnetAsync(["build", "-t:BuildKitCheck", "-p:TargetFrameworks=\"net10.0;net9.0\""])).Succeeded();
        Assert.That(result.Log.Messages, Has.Some.Contains("the image is that of net10.0, the first of net10.0;net9.0. Set BuildKitTargetFramework"));
    }

    [TestCase("/App")]
    [TestCase("/srv/my app")]
    public async Task A_working_directory_without_a_slash_at_its_end_starts_the_program(string folder)
    {
        WriteConsole($"<ContainerWorkingDirectory>{folder}</ContainerWorkingDirectory>");
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_program_that_is_not_published_is_refused_before_the_build()
    {
        WriteConsole(items: "<ContainerAppCommand Include=\"dotnet;/app/other.dll\" />");
        Assert.That((await Project.PublishAsync()).FailedWith("BK3017").Text, Does.Contain("/app/other.dll"));
    }

    [Test]
    public async Task A_variable_that_the_SDK_ignores_is_ignored()
    {
        WriteConsole(
            items: "<ContainerEnvironmentVariable Include=\"IdentitySettings:Url\" Value=\"x\" /><ContainerEnvironmentVariable "
                + "Include=\"Other__Url\" Value=\"y\" />");
        (await Project.PublishAsync()).Succeeded();
        var variables = (await Images.ConfigAsync(Repository)).GetProperty("config").GetProperty("Env").EnumerateArray()
            .Select(one => one.GetString()).ToList();
        Assert.That(variables, Has.None.StartsWith("IdentitySettings").And.Contains("Other__Url=y"));
    }

    [Test]
    public async Task A_profile_that_writes_another_cache_builds_again()
    {
        WriteDockerfile($"FROM {BaseImages.Debian} AS build\nRUN cat /proc/sys/kernel/random/uuid > /id\nFROM scratch\nCOPY --from=build /id /\n");
        (await Project.DotnetAsync(["publish", "-p:BuildKitCacheProfile=development"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "buildcache"), Is.Null);
        (await Project.DotnetAsync(["publish", "-p:BuildKitCacheProfile=production"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "buildcache"), Is.Not.Null);
        var third = (await Project.DotnetAsync(["publish", "-p:BuildKitCacheProfile=production"])).Succeeded();
        Assert.That(third.Log.Tasks, Has.None.EqualTo("DockerBuildxBuild"));
    }

    private void WriteRepository(string dockerfile, string properties = "")
    {
        Project.Write(".git/HEAD", "ref: refs/heads/main\n");
        Project.Write("src/App/image.proj", WithoutCode(properties));
        Project.Write("src/App/Dockerfile", dockerfile);
        Project.Write("src/App/a.txt", "a");
    }
}
