namespace BuildKit.Tasks.EngineTests;

/// <summary>A team without the internet: base images come from its own registry, and no Dockerfile says so.</summary>
public sealed class RegistryMirrorStory : Story
{
    // No such host can exist.
    private static string Mirrors => $"""
        <BuildKitRegistryMirror Include="mcr.example.invalid" Mirror="{Machine.Registry.Address}" />
        <BuildKitRegistryMirror Include="docker.io/library" Mirror="{Machine.Registry.Address}" />
        """;

    [Test]
    public async Task Images_of_published_files_are_laid_on_the_mirrors_base()
    {
        WriteConsole("<ContainerBaseImage>mcr.example.invalid/dotnet/runtime:10.0</ContainerBaseImage>", Mirrors);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
        var labels = (await Images.ConfigAsync(Repository)).GetProperty("config").GetProperty("Labels");
        Assert.That(labels.GetProperty("org.opencontainers.image.base.name").GetString(), Is.EqualTo("mcr.example.invalid/dotnet/runtime:10.0"));
        // A base image is looked up again when that is asked for, where it comes from.
        Assert.That((await Project.PublishAsync("--no-build", "-p:BuildKitPull=true")).Succeeded().Log.Tasks, Does.Contain("DockerBuildxBuild"));
        Assert.That((await Project.PublishAsync("--no-build", "-p:BuildKitPull=true")).Succeeded().Log.Tasks, Has.No.Member("DockerBuildxBuild"));
    }

    [Test]
    public async Task Every_image_that_a_Dockerfile_names_comes_from_the_mirror()
    {
        WriteDockerfile("""
            ARG NAME=debian
            FROM ${NAME}:bookworm-slim AS tools
            RUN --mount=type=bind,from=mcr.example.invalid/dotnet/runtime-deps:10.0,target=/deps ls /deps > /list
            FROM mcr.example.invalid/dotnet/runtime:10.0
            COPY --from=tools /list /list
            COPY --from=docker.io/library/debian:bookworm /etc/debian_version /version
            """, items: Mirrors);
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunShellAsync(Image, "head -c3 /version; grep -c etc /list"),
            Does.StartWith("12.").And.EndWith("1"));
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Output, Does.Contain("unchanged"));
    }
}
