namespace BuildKit.Tasks.EngineTests;

public sealed class MissingEngineStory : Story
{
    private const string Dockerfile = "FROM scratch\nCOPY Dockerfile /\n";

    [Test]
    public async Task Without_docker_on_PATH_the_error_says_what_to_install()
    {
        WriteDockerfile(Dockerfile);
        var error = (await Project.DotnetAsync(["publish"], variables: WithoutDocker())).FailedWith("BK1001");
        Assert.That(error.File, Is.EqualTo(Project.PathOf("image.proj")));
        Assert.That(error.Text, Does.Contain("BuildKitEnabled=auto"));
    }

    [Test]
    public async Task An_engine_that_is_down_is_named()
    {
        WriteDockerfile(Dockerfile);
        var error = (await Project.DotnetAsync(["publish"], variables: EngineDown())).FailedWith("BK1003");
        Assert.That(error.Text, Does.Contain(Project.PathOf("no.sock")));
    }

    [Test]
    public async Task Auto_builds_on_without_an_image()
    {
        WriteConsole("<BuildKitEnabled>auto</BuildKitEnabled>");
        var withoutCommand = (await Project.DotnetAsync(["publish", "-v:n"], variables: WithoutDocker())).Succeeded();
        Assert.That(withoutCommand.Output, Does.Contain("BK1020").And.Contain("BK1001"));
        Assert.That(withoutCommand.Log.Warnings, Is.Empty);
        var withoutEngine = (await Project.DotnetAsync(["publish", "-v:n", "--no-restore"], variables: EngineDown())).Succeeded();
        Assert.That(withoutEngine.Output, Does.Contain("BK1020").And.Contain("BK1003"));
        (await Project.DotnetAsync(["publish", "--no-restore"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_failed_build_does_not_count_as_done()
    {
        WriteDockerfile(Dockerfile);
        (await Project.DotnetAsync(["publish"], variables: EngineDown())).FailedWith("BK1003");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_builder_that_does_not_exist_is_named()
    {
        WriteDockerfile(Dockerfile, "<BuildKitBuilder>nobody</BuildKitBuilder>");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK1007");
        Assert.That(error.Text, Does.Contain("\"nobody\"").And.Contain("default"));
    }

    // Only dotnet and what scripts need; a docker of this machine's may lie in /usr/bin.
    private Dictionary<string, string?> WithoutDocker()
    {
        var folder = Directory.CreateDirectory(Project.PathOf("programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "dotnet"), Machine.Engine.ProgramOf("dotnet"));
        return new() { ["PATH"] = folder };
    }

    private Dictionary<string, string?> EngineDown() => new() { ["DOCKER_HOST"] = "unix://" + Project.PathOf("no.sock") };
}
