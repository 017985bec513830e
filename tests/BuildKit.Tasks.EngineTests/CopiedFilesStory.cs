namespace BuildKit.Tasks.EngineTests;

/// <summary>What a project adds to an image of its published files: files of its own, and instructions.</summary>
public sealed class CopiedFilesStory : Story
{
    [Test]
    public async Task Files_go_where_they_are_wanted_and_leave_the_systems_folders_as_they_are()
    {
        WriteConsole(items: """
            <BuildKitCopy Include="docs/**/*.md" Destination="/app/docs/" />
            <BuildKitCopy Include="certificates" Destination="/etc/shop/" Owner="root:app" Mode="0640" />
            <BuildKitCopy Include="tool" Destination="/bin/shop-tool" />
            <BuildKitCopy Include="docs/a.md" Destination="/tmp/" />
            <BuildKitCopy Include="docs/a.md" />
            <BuildKitRun Include="shop-tool &gt; /made" />
            """);
        Project.Write("docs/a.md", "a");
        Project.Write("docs/deep/b.md", "b");
        Project.Write("certificates/x/ca.pem", "c");
        Project.Write("tool", "#!/bin/sh\necho tool\n");
        (await Project.PublishAsync()).Succeeded();
        Assert.That(
            await new EngineImages(Machine.Engine).RunShellAsync(Image,
                "cat /made docs/a.md docs/deep/b.md a.md; stat -c '%a %U %G' /etc/shop/x/ca.pem /tmp /etc; readlink /bin"),
            Is.EqualTo("tool\naba640 root app\n1777 root root\n755 root root\nusr/bin"));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        // Each of these alone is a change.
        await BuildsAgainAsync(() => Project.Write("docs/deep/b.md", "B"));
        await BuildsAgainAsync(() => Edit("0640", "0600"));
        await BuildsAgainAsync(() => Edit("root:app", "root"));
        await BuildsAgainAsync(() => Edit("/etc/shop/", "/etc/shop2/"));
        var error = (await AfterAsync(() => Edit("Include=\"tool\"", "Include=\"tol\""))).FailedWith("BK2031");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf("app.csproj"), 15)));
    }

    [Test]
    public async Task A_fragment_ends_the_Dockerfile_and_its_errors_are_at_its_lines()
    {
        WriteConsole("<BuildKitDockerfileFragment>image.dockerfile</BuildKitDockerfileFragment>", """
            <BuildKitBuildArg Include="VERSION" Value="1.4" /><ContainerEnvironmentVariable Include="MODE" Value="ours" />
            """);
        const string Fragment = "ARG VERSION\nUSER root\nRUN echo $VERSION $MODE \\\n    > /made\nENV MODE=theirs\nUSER 1000\n";
        Project.Write("image.dockerfile", Fragment);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunShellAsync(Image, "cat /made; echo $MODE; id -u; dotnet app.dll"),
            Is.EqualTo("1.4 ours\ntheirs\n1000\nhello"));

        await BuildsAgainAsync(() => Project.Write("image.dockerfile", Fragment + "LABEL a=b\n"));
        Assert.That((await Images.ConfigAsync(Repository)).GetProperty("config").GetProperty("Labels").GetProperty("a").GetString(), Is.EqualTo("b"));
        await AssertFailsAsync(Fragment + "\nRUN exit 7\n", "BK3101", 8);
        await AssertFailsAsync("USER root\nCPOY a b\n", "BK3003", 2);
        await AssertFailsAsync("COPY nothing-of-this-name /\n", "BK3102", 1);
        await AssertFailsAsync("USER root\n\nFROM scratch\n", "BK2032", 3);
    }

    private async Task AssertFailsAsync(string fragment, string code, int line)
    {
        var file = Project.Write("image.dockerfile", fragment);
        var error = (await Project.PublishAsync("--no-build")).FailedWith(code);
        Assert.That((error.File, error.Line), Is.EqualTo((file, line)));
    }

    private async Task BuildsAgainAsync(Action change) =>
        Assert.That((await AfterAsync(change)).Succeeded().Log.Tasks, Does.Contain("DockerBuildxBuild"));

    private async Task<DotnetResult> AfterAsync(Action change)
    {
        Assert.That((await Project.PublishAsync("--no-build")).Succeeded().Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        change();
        return await Project.PublishAsync("--no-build");
    }

    private void Edit(string before, string after) =>
        Project.Write("app.csproj", File.ReadAllText(Project.PathOf("app.csproj")).Replace(before, after, StringComparison.Ordinal));
}
