using System.Text.Json;

namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>Several images on Windows: a bake, its definition for others, and devspace.yaml.</summary>
public sealed class WindowsManyImagesStory : WindowsStory
{
    [Test]
    public async Task Projects_are_baked_together_and_the_written_definition_holds_on_other_systems()
    {
        foreach (var name in new[] { "a", "b" })
        {
            WriteCrLf($"the {name}/{name}.proj", WithoutCode($"<ContainerRepository>{Repository}/{name}</ContainerRepository>"));
            WriteCrLf($"the {name}/Dockerfile", $"FROM {BaseImages.Debian}\nCOPY file /\nCMD [\"cat\", \"/file\"]\n");
            Write($"the {name}/file", $"file of {name}");
            Write($"the {name}/.dockerignore", "bin\nobj\n");
        }

        Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <ItemGroup>
                <BuildKitProject Include="the *\*.proj" />
              </ItemGroup>
            </Project>
            """);
        var result = (await WindowsAsync(["publish", "images.proj"])).Succeeded();
        Assert.That(result.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(Docker.Builds.Count(call => call.Contains("bake")), Is.EqualTo(1));
        var images = new EngineImages(Machine.Engine);
        Assert.That((await images.RunAsync(Image + "/a"), await images.RunAsync(Image + "/b")), Is.EqualTo(("file of a", "file of b")));
        Docker.Asked.Clear();
        (await WindowsAsync(["publish", "images.proj", "--no-restore"])).Succeeded();
        Assert.That(Docker.Asked, Is.Empty);

        (await WindowsAsync(["build", "images.proj", "-t:BuildKitWriteBake", "-c", "Release", "--no-restore"])).Succeeded();
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(Project.PathOf("docker-bake.json")));
        Assert.That(
            written.RootElement.GetProperty("target").EnumerateObject().Select(target => target.Value.GetProperty("context").GetString()),
            Is.EquivalentTo(new[] { "the a", "the b" }));
        Assert.That(written.RootElement.GetRawText(), Does.Not.Contain("\\\\").And.Not.Contain("Z:"));
    }

    [Test]
    public async Task The_images_of_devspace_yaml_are_built_and_a_command_without_a_shell_says_what_to_install()
    {
        const string File = """
            version: v2beta1
            name: team
            images:
              api:
                image: ${REGISTRY}/${NAME}/api
                context: .\api
                dockerfile: api/Dockerfile
                target: dev
                tags: [one]
                buildArgs: {GREETING: "hello; 100% $5"}
            vars:
              WHO: {command: "COMMAND"}
            """;
        Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup>
                <BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile>
                <BuildKitDevSpaceAllowCommands>true</BuildKitDevSpaceAllowCommands>
              </PropertyGroup>
            </Project>
            """);
        WriteCrLf("api/Dockerfile", $"""
            FROM {BaseImages.Debian} AS dev
            ARG GREETING
            ARG WHO
            RUN echo "$GREETING $WHO" > /greeting
            CMD ["cat", "/greeting"]
            FROM dev
            """);
        (Variables["REGISTRY"], Variables["Name"]) = (Machine.Registry.Address, Repository);
        var text = File.Replace("$5\"}", "$5\", WHO: \"${WHO}\"}", StringComparison.Ordinal);
        WriteCrLf("devspace.yaml", text.Replace("COMMAND", "uname -s | tr a-z A-Z", StringComparison.Ordinal));
        var error = (await WindowsAsync(["publish"])).FailedWith("BK6110");
        Assert.That((error.File, error.Line), Is.EqualTo((WindowsPath.Of(Project.PathOf("devspace.yaml")), 12)));
        Assert.That(error.Text, Does.Contain("POSIX shell").And.Contain("Git for Windows"));

        // A program and its arguments need none.
        WriteCrLf("devspace.yaml", text.Replace("COMMAND", "cmd /c ver", StringComparison.Ordinal));
        (await WindowsAsync(["publish", "--no-restore"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image + "/api:one"), Does.StartWith("hello; 100% $5 Microsoft Windows"));
    }
}
