using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// Registries as companies have them, told to a builder of the project's own. The image of the builders on this machine
/// stands in for BuildKit's own: of the configuration that buildx hands to it, it passes on to the BuildKit inside what
/// that has words for. What answers on localhost is trusted without a word, so a registry listens on another address.
/// </summary>
[Category("Long")]
public sealed class CompanyRegistryStory : Story
{
    private string Builder => $"{TestRun.Id}-company-{Repository[..8].Trim('_')}";

    private string Properties =>
        $"<BuildKitBuilder>{Builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>"
            + "<BuildKitCacheWrite>never</BuildKitCacheWrite>";

    [TearDown]
    public async Task RemoveBuilderAsync() => await Machine.Engine.DockerAsync("buildx", "rm", "-f", Builder);

    [Test]
    public async Task Items_become_the_configuration_that_the_builder_has()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", Properties, $"""
            {ContainerOptions}
            <BuildKitRegistry Include="registry.company.example" Mirrors="mirror.company.example;{Machine.Registry.Address}" />
            <BuildKitRegistry Include="{Machine.Registry.Address}" Http="true" />
            <BuildKitRegistry Include="{registry.Address}" CertificateAuthority="{registry.AuthorityFile}" />
            """);
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var toml = await ReadAsync("/etc/buildkit/buildkitd.toml");
        Assert.That(toml, Does.Contain("mirror.company.example").And.Contain($"\"{Machine.Registry.Address}\""));
        Assert.That(toml, Does.Match("http ?= ?true"));
        var certificate = Regex.Match(toml, "ca ?= ?\\[\"([^\"]+)\"\\]").Groups[1].Value;
        Assert.That(await ReadAsync(certificate), Is.EqualTo((await File.ReadAllTextAsync(registry.AuthorityFile)).Trim()), toml);
    }

    [TestCase("CertificateAuthority", "certificate")]
    [TestCase("Insecure", "certificate")]
    public async Task A_registry_is_reached_as_its_item_says_and_not_without_it(string metadata, string refusal)
    {
        string[] options = ["--tls", "--address", await AddressOfThisMachineAsync()];
        await using var registry = await RegistryFixture.StartAsync($"company-{metadata.ToLowerInvariant()}", options);
        var value = metadata == "CertificateAuthority" ? registry.AuthorityFile : "true";
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"{Properties}<ContainerRegistry>{registry.Address}</ContainerRegistry>",
            ContainerOptions
            + $"<BuildKitRegistry Include=\"{registry.Address}\" {metadata}=\"{value}\" Condition=\"'$(Told)' == 'true'\" />");
        var refused = await Project.DotnetAsync(["publish"]);
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Log.Errors.Single().Text, Does.Contain(refusal).And.Contain(registry.Address));

        var pushed = (await Project.DotnetAsync(["publish", "-p:Told=true"])).Succeeded();
        Assert.That(pushed.Log.Warnings, Is.Empty);
        Assert.That((await Project.DotnetAsync(["publish", "-p:Told=true"])).Succeeded().Output, Does.Contain("unchanged"),
            "our own questions go there too");
    }

    [Test]
    public async Task Images_of_Docker_Hub_come_from_the_mirror()
    {
        // What Docker Hub has without a user's name lies below "library".
        var image = $"library/{Repository}";
        Project.Write("base/Dockerfile", "FROM scratch\nCOPY Dockerfile /from-the-mirror\n");
        (await Machine.Engine.DockerAsync("buildx", "build", "--push", "--provenance=false", "-t", $"{Machine.Registry.Address}/{image}:1",
            Project.PathOf("base"))).Succeeded();
        WriteDockerfile($"FROM {Repository}:1\nCOPY Dockerfile /\n", Properties,
            $"{ContainerOptions}<BuildKitRegistry Include=\"docker.io\" Mirrors=\"{Machine.Registry.Address}\" />");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Layers, Has.Count.EqualTo(2));
    }

    // Where the engine's containers reach this machine.
    private static async Task<string> AddressOfThisMachineAsync() =>
        (await Machine.Engine.DockerAsync("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")).Succeeded();

    private async Task<string> ReadAsync(string path) =>
        (await Machine.Engine.DockerAsync("exec", $"buildx_buildkit_{Builder}0", "cat", path)).Succeeded();
}
