namespace BuildKit.Tasks.EngineTests;

/// <summary>A base image that cannot be had, or on which the program would not start, is found before anything is built.</summary>
public sealed class BaseImageStory : Story
{
    private const string ForArm =
        "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost>";

    // What a runtime identifier needs is taken from the machine's package folder when it is there.
    private const string MachinesPackages =
        "<RestoreAdditionalProjectFallbackFolders>$([System.Environment]::GetFolderPath(SpecialFolder.UserProfile))/.nuget/packages</RestoreAdditionalProjectFallbackFolders>";

    [Test]
    public async Task Each_fault_has_its_code_and_no_build_is_started()
    {
        var locked = await Machine.PrivateRegistryAsync();
        WriteConsole();
        (await Project.DotnetAsync(["build", "-c", "Release"])).Succeeded();
        await AssertRefusedAsync("BK3005", $"{Machine.Registry.Address}/dotnet/runtime:none", "dotnet/runtime:none");
        await AssertRefusedAsync("BK3006", $"{locked.Address}/dotnet/runtime:10.0", $"docker login {locked.Address}");
        await AssertRefusedAsync("BK3008", "registry.example.invalid/dotnet/runtime:10.0",
            "BuildKitRegistryMirror Include=\"registry.example.invalid\"");
    }

    [Test]
    public async Task A_program_for_another_architecture_or_C_library_is_refused()
    {
        WriteConsole(ForArm);
        var error = (await Project.PublishAsync()).FailedWith("BK3007");
        Assert.That(error.Text, Does.Contain("linux/arm64"));

        // The base image is asked for under a name that says Alpine; the program's own file says glibc.
        await Images.PutAsync("dotnet/runtime-deps", "10.0-alpine", await Images.ManifestAsync("dotnet/runtime-deps", "10.0"));
        WriteConsole($"""
            <ContainerBaseImage>{Machine.Registry.Address}/dotnet/runtime-deps:10.0-alpine</ContainerBaseImage><RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>true</SelfContained>
            {MachinesPackages}
            """);
        var docker = new DockerRecorder(Project);
        error = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).FailedWith("BK3015");
        Assert.That(error.Text, Does.Contain("glibc").And.Contain("linux-musl-x64"));
        Assert.That(docker.Calls, Has.None.StartsWith("buildx build"));
    }

    [Test]
    public async Task A_program_for_Alpine_is_refused_on_a_base_image_that_is_not()
    {
        WriteConsole("<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier><SelfContained>false</SelfContained>" + MachinesPackages,
            "<ContainerAppCommand Include=\"/app/app\" Condition=\"'$(ByDotnet)' != 'true'\" />");
        var docker = new DockerRecorder(Project);
        var error = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).FailedWith("BK3015");
        Assert.That(error.Text, Does.Contain("musl").And.Contain(BaseImages.Of("runtime")).And.Contain("linux-x64"));
        Assert.That(docker.Calls, Has.None.StartsWith("buildx build"));

        // The same, started by the base image's own dotnet, runs there.
        (await Project.PublishAsync("--no-build", "-p:ByDotnet=true")).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    private async Task AssertRefusedAsync(string code, string baseImage, string says)
    {
        var docker = new DockerRecorder(Project);
        var error = (await Project.DotnetAsync(["publish", "--no-build", $"-p:ContainerBaseImage={baseImage}"], variables: docker.Variables))
            .FailedWith(code);
        Assert.That(error.Text, Does.Contain(says));
        Assert.That(docker.Calls, Has.None.StartsWith("buildx build"));
    }
}
