using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Tools that call PublishContainer and read what it leaves: their commands, and what they do with the answers.</summary>
public sealed class AzdAndAspireStory : Story
{
    private const string Replace = "<BuildKitEnabled></BuildKitEnabled><BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>";

    [Test]
    public async Task Azd_finds_the_port_and_the_image()
    {
        Write("aspnet", "Microsoft.NET.Sdk.Web");
        var result = (await Project.PublishAsync(
            "app.csproj", "-r", "linux-x64", "-c", "Release", "-t:PublishContainer", $"-p:ContainerRepository={Repository}/azd",
            "-p:ContainerImageTag=azd-deploy-1",
            $"-p:ContainerRegistry={Machine.Registry.Address}", "--self-contained", "false", "--getProperty:GeneratedContainerConfiguration"))
            .Succeeded();
        Assert.That(result.Log.Tasks, Does.Contain("DockerBuildxBuild").And.No.Member("CreateNewImage"));
        var port = JsonDocument.Parse(result.Output).RootElement.GetProperty("config").GetProperty("ExposedPorts").EnumerateObject().Single().Name;
        Assert.That(port, Is.EqualTo("8080/tcp"));
        var digest = (await Project.PublishAsync(
            "app.csproj", "-r", "linux-x64", "-c", "Release", "-t:PublishContainer", $"-p:ContainerRepository={Repository}/azd",
            "-p:ContainerImageTag=azd-deploy-1",
            $"-p:ContainerRegistry={Machine.Registry.Address}", "--self-contained", "false", "--getProperty:GeneratedContainerDigest"))
            .Succeeded().Output.Trim();
        Assert.That(digest, Is.EqualTo((await Images.ManifestAsync($"{Repository}/azd", "azd-deploy-1")).Digest));
    }

    [Test]
    public async Task Aspire_gets_an_archive_for_all_its_runtimes()
    {
        Write("several", properties: "<UseAppHost>false</UseAppHost>");
        await MakeBaseAsync();
        var result = (await Project.PublishAsync(
            "app.csproj", "-t:PublishContainer", "--configuration", "Release", $"-p:ContainerRepository={Repository}", "-p:ContainerRegistry=",
            "-p:ContainerArchiveOutputPath=out/api.tar.gz", "-p:ContainerImageFormat=OCI", "-p:RuntimeIdentifiers=\"linux-x64;linux-arm64\"",
            "-getItem:GeneratedContainer")).Succeeded();
        var containers = JsonDocument.Parse(result.Output).RootElement.GetProperty("Items").GetProperty("GeneratedContainer").EnumerateArray()
            .ToList();
        Assert.That(
            containers.Select(container =>
                JsonDocument.Parse(container.GetProperty("Configuration").GetString()!).RootElement.GetProperty("architecture").GetString()),
            Is.EqualTo(new[] { "amd64", "arm64" }));
        (await Machine.Engine.DockerAsync("load", "-i", Project.PathOf("out/api.tar.gz"))).Succeeded();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            Assert.That(
                (await Machine.Engine.DockerAsync("image", "inspect", "--platform", "linux/" + architecture, "-f",
                    "{{.Architecture}} {{json .Config.Entrypoint}}", $"{Repository}:latest")).Succeeded(),
                Is.EqualTo($"{architecture} [\"dotnet\",\"/app/app.dll\"]"));
        }
    }

    [Test]
    public async Task An_archive_alone_fills_the_outputs()
    {
        Write("runtime");
        string[] arguments =
        [
            "app.csproj", "-t:PublishContainer", $"-p:ContainerRepository={Repository}", "-p:ContainerRegistry=",
            "-p:ContainerArchiveOutputPath=out/", "-p:ContainerImageTags=1.0%3Blatest",
            "-getProperty:GeneratedContainerDigest,GeneratedContainerManifest,GeneratedContainerConfiguration,GeneratedContainerMediaType,GeneratedArchiveOutputPath", "-getItem:GeneratedContainer,GeneratedContainerName",
        ];
        var first = (await Project.PublishAsync(arguments)).Succeeded();
        var properties = JsonDocument.Parse(first.Output).RootElement.GetProperty("Properties");
        var archive = Project.PathOf($"out/{Repository}.tar.gz");
        Assert.That(properties.GetProperty("GeneratedArchiveOutputPath").GetString(), Is.EqualTo(archive));
        Assert.That(properties.GetProperty("GeneratedContainerDigest").GetString(), Does.Match("^sha256:[0-9a-f]{64}$"));
        var config = JsonDocument.Parse(properties.GetProperty("GeneratedContainerConfiguration").GetString()!).RootElement;
        Assert.That(config.GetProperty("config").GetProperty("WorkingDir").GetString(), Is.EqualTo("/app/"));
        var manifest = JsonDocument.Parse(properties.GetProperty("GeneratedContainerManifest").GetString()!).RootElement;
        Assert.That(manifest.GetProperty("mediaType").GetString(), Is.EqualTo(properties.GetProperty("GeneratedContainerMediaType").GetString()));
        var items = JsonDocument.Parse(first.Output).RootElement.GetProperty("Items");
        Assert.That(items.GetProperty("GeneratedContainer")[0].GetProperty("ManifestDigest").GetString(),
            Is.EqualTo(properties.GetProperty("GeneratedContainerDigest").GetString()));
        Assert.That(items.GetProperty("GeneratedContainerName").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()),
            Is.EqualTo(new[] { $"{Repository}:1.0", $"{Repository}:latest" }));

        // All tags are in the one file, and nothing else lies beside it.
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("out")), Is.EqualTo(new[] { archive }));
        Assert.That((await Machine.Engine.DockerAsync("load", "-i", archive)).Succeeded(),
            Does.Contain($"{Repository}:1.0").And.Contain($"{Repository}:latest"));

        var second = (await Project.PublishAsync(arguments)).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        Assert.That(JsonDocument.Parse(second.Output).RootElement.GetProperty("Properties").GetRawText(), Is.EqualTo(properties.GetRawText()));
    }

    private void Write(string baseImage, string sdk = "Microsoft.NET.Sdk", string properties = "")
    {
        var image = baseImage == "several" ? $"{Machine.Registry.Address}/base/several:1" : BaseImages.Of(baseImage);
        Project.Write("app.csproj",
            Console($"{Replace}<ContainerBaseImage>{image}</ContainerBaseImage>{properties}")
                .Replace("Microsoft.NET.Sdk", sdk, StringComparison.Ordinal));
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
    }

    private async Task MakeBaseAsync()
    {
        Project.Write("base/Dockerfile", "FROM scratch\nCOPY Dockerfile /base\n");
        (await Machine.Engine.DockerAsync(
            "buildx", "build", "--platform", "linux/amd64,linux/arm64", "--provenance=false", "--push", "-t",
            $"{Machine.Registry.Address}/base/several:1", Project.PathOf("base"))).Succeeded();
    }
}
