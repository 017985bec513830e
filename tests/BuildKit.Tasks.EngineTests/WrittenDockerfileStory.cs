using BuildKit.Tasks.EngineTests.Parity;

namespace BuildKit.Tasks.EngineTests;

/// <summary>A team can leave: the Dockerfile that we write makes the same image with plain buildx.</summary>
public sealed class WrittenDockerfileStory : Story
{
    private const string Properties = """
        <BuildKitHealthCheck>test -f "$HOME/x" || exit 0</BuildKitHealthCheck><BuildKitStopSignal>SIGQUIT</BuildKitStopSignal><BuildKitVolumes>/data</BuildKitVolumes>
        <ContainerWorkingDirectory>/srv/my app</ContainerWorkingDirectory><Description>Sells "tea", $5</Description>
        """;

    private const string Items = """
        <None Update="run.sh;data/**" CopyToPublishDirectory="PreserveNewest" />
        <BuildKitSecret Include="one" EnvironmentVariable="ONE_TOKEN" />
        <BuildKitRun Include="tr a-z A-Z &lt; /run/secrets/one &gt; /seen" Secret="one" />
        <BuildKitCopy Include="extra/[b] $x.txt" Mode="0640" Owner="1654" />
        <BuildKitCopy Include="extra/tool" Destination="/usr/local/bin/shop-tool" />
        <ContainerEnvironmentVariable Include="DOLLAR" Value="$HOME \ &quot;x&quot;" /><ContainerPort Include="9000" Type="udp" />
        <ContainerDefaultArgs Include="--größe;&quot;" />
        """;

    private readonly Dictionary<string, string?> variables = new() { ["ONE_TOKEN"] = "kestrel-4711", ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" };

    [Test]
    public async Task Its_image_is_ours()
    {
        WriteConsole(Properties, Items);
        Project.Write("run.sh", "#!/bin/sh\nexec dotnet app.dll\n");
        Project.Write("data/[a] 'ü' $b.txt", "x");
        Project.Write("extra/[b] $x.txt", "y");
        Project.Write("extra/tool", "#!/bin/sh\necho tool\n");
        (await Project.DotnetAsync(["publish"], variables: variables)).Succeeded();

        var written = (await Project.DotnetAsync(["build", "-c", "Release", "-t:BuildKitWriteDockerfile"], variables: variables)).Succeeded();
        Assert.That(written.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));
        var text = await File.ReadAllTextAsync(Project.PathOf("Dockerfile.buildkit"));
        TestContext.Out.WriteLine(text);
        Assert.That(text, Does.Not.Contain(Project.Folder).And.Not.Contain("kestrel").And.Not.Contain("ENV PATH"));

        // The command that its own comment gives, with another tag.
        var command = text.Split('\n').Single(line => line.StartsWith("#   docker", StringComparison.Ordinal))[4..]
            .Replace($"{Image}:latest", $"{Image}:plain", StringComparison.Ordinal);
        (await Command.RunAsync("bash", ["-c", command], Project.Folder, Project.EnvironmentWith(variables))).Succeeded();
        var layers = (await Images.ManifestAsync("dotnet/runtime", "10.0")).Layers.Count;
        var expected = await LinesAsync("latest", layers);
        Assert.That(expected,
            Has.Some.StartsWith("file srv/my app/[b] $x.txt").And.Some.StartsWith("Healthcheck").And.Some.StartsWith("file srv/my app/run.sh"));
        Assert.That(await LinesAsync("plain", layers), Is.EqualTo(expected));
        foreach (var tag in new[] { "latest", "plain" })
        {
            Assert.That(
                await new EngineImages(Machine.Engine).RunShellAsync($"{Image}:{tag}",
                    "cat /seen; echo; stat -c '%a %u %g' '[b] $x.txt'; shop-tool; ./run.sh"),
                Is.EqualTo("KESTREL-4711\n640 1654 1654\ntool\nhello"), tag);
        }
    }

    [Test]
    public async Task A_file_that_somebody_wrote_or_changed_stays()
    {
        WriteConsole("<BuildKitWrittenDockerfile>docker/Dockerfile</BuildKitWrittenDockerfile>");
        (await Project.PublishAsync("-t:BuildKitWriteDockerfile")).Succeeded();
        (await Project.PublishAsync("-t:BuildKitWriteDockerfile", "--no-build")).Succeeded();
        var file = Project.PathOf("docker/Dockerfile");
        await File.AppendAllTextAsync(file, "USER root\n");
        var changed = await File.ReadAllTextAsync(file);
        var error = (await Project.PublishAsync("-t:BuildKitWriteDockerfile", "--no-build")).FailedWith("BK2033");
        Assert.That(error.File, Is.EqualTo(file));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(changed));

        // A folder is no file, and gets none.
        (await Project.PublishAsync("-t:BuildKitWriteDockerfile", "--no-build", "-p:BuildKitWrittenDockerfile=docker/")).FailedWith("BK5006");
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("docker")), Is.EqualTo(new[] { file }));
    }

    // Docker writes a working directory without the slash behind it, and a mark that counts on Windows only. How media
    // types are chosen is not the Dockerfile's to say.
    private async Task<IReadOnlyList<string>> LinesAsync(string tag, int layers) =>
        [.. (await new ImageDescription(Images, Repository, tag, layers).LinesAsync())
            .Where(line => !line.StartsWith("media type", StringComparison.Ordinal) && !line.StartsWith("ArgsEscaped", StringComparison.Ordinal))
            .Select(line => line.StartsWith("WorkingDir", StringComparison.Ordinal) ? line.Replace("/\"", "\"", StringComparison.Ordinal) : line)];
}
