using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// Registries as companies have them, told to a builder of the project's own. What BuildKit does with the configuration
/// cannot be seen here: the image of the builders on this machine stands in for BuildKit's own and reads no such file,
/// and BuildKit trusts whatever answers on localhost.
/// </summary>
[Category("Long")]
public sealed class CompanyRegistryStory : Story
{
    private string Builder => $"{TestRun.Id}-company-{Repository[..8].Trim('_')}";

    private string Properties => $"<BuildKitBuilder>{Builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver><BuildKitCacheWrite>never</BuildKitCacheWrite>";

    private static string Options => $"""
        <BuildKitDriverOption Include="image" Value="{Machine.Registry.Address}/buildkit-shim:1" />
        <BuildKitDriverOption Include="network" Value="host" />
        """;

    [TearDown]
    public async Task RemoveBuilderAsync() => await Machine.Engine.DockerAsync("buildx", "rm", "-f", Builder);

    [Test]
    public async Task Items_become_the_configuration_that_the_builder_has()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", Properties, $"""
            {Options}
            <BuildKitRegistry Include="registry.company.example" Mirrors="mirror.company.example;{Machine.Registry.Address}" />
            <BuildKitRegistry Include="{Machine.Registry.Address}" Http="true" />
            <BuildKitRegistry Include="{registry.Address}" CertificateAuthority="{registry.AuthorityFile}" />
            """);
        (await Project.DotnetAsync(["build"])).Succeeded();
        var toml = await ReadAsync("/etc/buildkit/buildkitd.toml");
        Assert.That(toml, Does.Contain("mirror.company.example").And.Contain($"\"{Machine.Registry.Address}\""));
        Assert.That(toml, Does.Match("http ?= ?true"));
        var certificate = Regex.Match(toml, "ca ?= ?\\[\"([^\"]+)\"\\]").Groups[1].Value;
        Assert.That(await ReadAsync(certificate), Is.EqualTo((await File.ReadAllTextAsync(registry.AuthorityFile)).Trim()), toml);
    }

    private async Task<string> ReadAsync(string path) =>
        (await Machine.Engine.DockerAsync("exec", $"buildx_buildkit_{Builder}0", "cat", path)).Succeeded();
}
