using System.Text.Json;

namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>One project published for several runtime identifiers.</summary>
public sealed class SeveralRuntimesStory : Story
{
    private const string Replace = "-p:BuildKitReplacePublishContainer=true";

    private string Base => $"{Machine.Registry.Address}/base/{Repository}:1";

    [Test]
    public async Task The_index_and_the_images_behind_it_are_the_SDKs()
    {
        await WriteAsync();
        (await PublishAsync("-t:PublishContainer", "-p:ContainerRepository=sdk/runtimes")).Succeeded();
        var ours = (await PublishAsync("-t:PublishContainer", "--no-build", "-p:ContainerRepository=ours/runtimes", Replace)).Succeeded();
        Assert.That(ours.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        foreach (var tag in new[] { "1-linux-x64", "1-linux-arm64", "2-linux-x64", "2-linux-arm64" })
        {
            var expected = await new ImageDescription(Images, "sdk/runtimes", tag, 1).LinesAsync();
            Assert.That(await new ImageDescription(Images, "ours/runtimes", tag, 1).LinesAsync(), Is.EqualTo(expected), tag);
        }

        var index = await Images.ManifestAsync("ours/runtimes", "1");
        Assert.That(Platforms(index), Is.EquivalentTo(Platforms(await Images.ManifestAsync("sdk/runtimes", "1"))));
        Assert.That((await Images.ManifestAsync("ours/runtimes", "2")).Digest, Is.EqualTo(index.Digest));
        var children = index.Json.GetProperty("manifests").EnumerateArray().Select(child => child.GetProperty("digest").GetString());
        Assert.That(children, Does.Contain((await Images.ManifestAsync("ours/runtimes", "1-linux-arm64")).Digest));

        // Nothing changed, and one publish after the other; the outputs are those of the first time.
        var again = (await PublishAsync(
            "-t:PublishContainer", "--no-build", "-p:ContainerRepository=ours/runtimes", Replace, "-m:1", "-p:ContainerPublishInParallel=false",
            "-getItem:GeneratedContainer", "-getProperty:GeneratedImageIndex")).Succeeded();
        Assert.That(again.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        var results = JsonDocument.Parse(again.Output).RootElement;
        Assert.That(
            results.GetProperty("Items").GetProperty("GeneratedContainer").EnumerateArray()
                .Select(item => item.GetProperty("ManifestDigest").GetString()),
            Is.EquivalentTo(children));
        Assert.That(results.GetProperty("Properties").GetProperty("GeneratedImageIndex").GetString(), Is.EqualTo(index.Text));

        // What the project adds may differ by runtime identifier.
        (await PublishAsync("-t:PublishContainer", "--no-build", "-p:ContainerRepository=ours/copies", Replace, "-p:Copies=true")).Succeeded();
        foreach (var runtime in new[] { "linux-x64", "linux-arm64" })
        {
            Assert.That(
                (await new ImageDescription(Images, "ours/copies", "1-" + runtime, 1).LinesAsync())
                    .Where(line => line.Contains("copied", StringComparison.Ordinal)),
                Has.One.StartsWith($"file app/copied-{runtime}:"));
        }
    }

    [Test]
    public async Task An_output_folder_gets_a_folder_for_each_runtime_so_that_no_image_has_the_program_of_another()
    {
        await WriteAsync();
        (await PublishAsync("-t:PublishContainer", $"-p:ContainerRepository={Repository}", "-p:ContainerImageTags=1", Replace, "-o",
            Project.PathOf("out"))).Succeeded();
        foreach (var runtime in new[] { "linux-x64", "linux-arm64" })
        {
            Assert.That(await File.ReadAllTextAsync(Project.PathOf($"out/{runtime}/app.deps.json")), Does.Contain($"v10.0/{runtime}\""));
        }

        var refused = await PublishAsync("-t:PublishContainer", $"-p:ContainerRepository={Repository}", "-p:ContainerImageTags=1", Replace,
            "-p:PublishDir=" + Project.PathOf("one") + "/");
        Assert.That(refused.FailedWith("BK2019").Text, Does.Contain("One PublishDir").And.Contain("linux-x64 and linux-arm64"));
    }

    [Test]
    public async Task An_archive_for_several_platforms_is_an_OCI_archive_that_can_be_loaded()
    {
        await WriteAsync();
        (await PublishAsync("-t:PublishContainer", Replace, "-p:ContainerRegistry=", "-p:ContainerImageTags=1",
            "-p:ContainerArchiveOutputPath=out/image.tar.gz", $"-p:ContainerRepository={Repository}")).Succeeded();
        Assert.That(LayerFiles.ReadFile(Project.PathOf("out/image.tar.gz")).Keys, Does.Contain("index.json"));
        (await Machine.Engine.DockerAsync("load", "-i", Project.PathOf("out/image.tar.gz"))).Succeeded();
        Assert.That((await Machine.Engine.DockerAsync("image", "inspect", "-f", "{{.Config.WorkingDir}}", $"{Repository}:1")).Succeeded(),
            Is.EqualTo("/app/"));

        // The local engine gets all platforms as well.
        (await PublishAsync("-t:PublishContainer", "--no-build", Replace, "-p:ContainerRegistry=", "-p:ContainerImageTags=2",
            $"-p:ContainerRepository={Repository}")).Succeeded();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            Assert.That(
                (await Machine.Engine.DockerAsync("image", "inspect", "--platform", "linux/" + architecture, "-f", "{{.Architecture}}",
                    $"{Repository}:2")).Succeeded(), Is.EqualTo(architecture));
        }
    }

    [Test]
    public async Task The_Dockerfile_that_is_written_for_them_makes_the_same_images()
    {
        await WriteAsync();
        string[] names = [Replace, $"-p:ContainerRepository={Repository}", "-p:ContainerImageTags=1"];
        (await PublishAsync(["-t:PublishContainer", .. names])).Succeeded();
        (await Project.DotnetAsync(["build", "app.csproj", "-c", "Release", "-t:BuildKitWriteDockerfile", .. names])).Succeeded();

        // The command that its own comment gives, with another tag.
        var text = await File.ReadAllTextAsync(Project.PathOf("Dockerfile.buildkit"));
        var command = text.Split('\n').Single(line => line.StartsWith("#   docker", StringComparison.Ordinal))[4..]
            .Replace($"{Image}:1", $"{Image}:plain", StringComparison.Ordinal);
        (await Command.RunAsync(
            "bash", ["-c", command], Project.Folder,
            Project.EnvironmentWith(new Dictionary<string, string?> { ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" }))).Succeeded();
        var expected = await LinesAsync("1");
        Assert.That(expected, Has.Some.StartsWith("linux/arm64 Env").And.Some.StartsWith("linux/amd64 file app/app.dll"));
        Assert.That(await LinesAsync("plain"), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_base_image_without_the_platform_is_refused()
    {
        await WriteAsync();
        var error = (await PublishAsync("-t:PublishContainer", Replace, $"-p:ContainerBaseImage={Machine.Registry.Address}/dotnet/runtime:10.0",
            $"-p:ContainerRepository={Repository}"))
            .FailedWith("BK3007");
        Assert.That(error.Text, Does.Contain("linux/arm64"));
    }

    // The images of an index, each line with its platform. Docker writes a working directory without the slash behind it.
    private async Task<IReadOnlyList<string>> LinesAsync(string tag)
    {
        var index = await Images.ManifestAsync(Repository, tag);
        var lines = new List<string>();
        foreach (var (platform, child) in Platforms(index).Zip(index.Json.GetProperty("manifests").EnumerateArray()))
        {
            lines.AddRange((await new ImageDescription(Images, Repository, child.GetProperty("digest").GetString()!, 1).LinesAsync())
                .Where(line => !line.StartsWith("media type", StringComparison.Ordinal) && !line.StartsWith("ArgsEscaped", StringComparison.Ordinal))
                .Select(line => $"{platform} {line.Replace("/app/\"", "/app\"", StringComparison.Ordinal)}"));
        }

        return lines;
    }

    private static IEnumerable<string> Platforms(RegistryManifest index) =>
        index.Json.GetProperty("manifests").EnumerateArray().Select(child => child.GetProperty("platform"))
            .Select(platform => $"{platform.GetProperty("os").GetString()}/{platform.GetProperty("architecture").GetString()}");

    private Task<DotnetResult> PublishAsync(params string[] arguments) => Project.PublishAsync(["app.csproj", .. arguments]);

    // A base image for two platforms, without anything that would have to run.
    private async Task WriteAsync()
    {
        Project.Write("base/Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY Dockerfile /base\nENV BASE=$TARGETARCH\nUSER 1000\n");
        (await Machine.Engine.DockerAsync(
            "buildx", "build", "--platform", "linux/amd64,linux/arm64", "--provenance=false", "--push", "-t", Base, Project.PathOf("base")))
            .Succeeded();
        Project.Write("app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>
                <UseAppHost>false</UseAppHost>
                <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
                <ContainerImageTags>1;2</ContainerImageTags>
                <ContainerBaseImage>{Base}</ContainerBaseImage>
                <ContainerGenerateLabelsImageCreated>false</ContainerGenerateLabelsImageCreated>
                <!-- The SDK loses what is behind a colon in a label of an image for several platforms. -->
                <ContainerGenerateLabelsImageBaseName>false</ContainerGenerateLabelsImageBaseName>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
                <ContainerPort Include="9000" Type="tcp" />
                <BuildKitCopy Include="Program.cs" Destination="/app/copied-$(RuntimeIdentifier)" Condition="'$(Copies)' == 'true'" />
                <ContainerEnvironmentVariable Include="MODE" Value="x y" />
              </ItemGroup>
            </Project>
            """);
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
    }
}
