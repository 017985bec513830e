using System.Text.Json;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Builders;

public sealed class BuildxPluginTests
{
    [TestCase("github.com/docker/buildx v0.29.1 28f6246de45f2d8a3d30ea4bbbcc8dd0b9a2cf2d", "0.29.1")]
    [TestCase("github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3", "0.13.1")]
    [TestCase("github.com/docker/buildx 0.20.0-0ubuntu1~24.04.1 20.0", "0.20.0")]
    [TestCase("github.com/docker/buildx v0.30.0-rc2-desktop.1 abc", "0.30.0")]
    [TestCase("github.com/docker/buildx v0.13 x", "0.13")]
    [TestCase("github.com/docker/buildx v0.29.1-38-gabcdef.m abc", "0.29.1")]
    public async Task Reads_the_number_of_every_distribution(string text, string expected) =>
        Assert.That((await AskAsync(new FakeDocker().On("buildx version", text))).ToString(), Is.EqualTo(expected));

    [TestCase("github.com/docker/buildx 28f6246.m 28f6246")]
    [TestCase("github.com/docker/buildx (devel) unknown")]
    public async Task Does_not_refuse_a_build_without_a_number(string text) =>
        Assert.That(await AskAsync(new FakeDocker().On("buildx version", text)), Is.EqualTo(new Version(0, 0)));

    [TestCase("github.com/docker/buildx v0.12.1 30feaa1", 0, "", "BK1006")]
    [TestCase("github.com/docker/buildx v0.9 x", 0, "", "BK1006")]
    [TestCase("", 1, "docker: 'buildx' is not a docker command.", "BK1002")]
    [TestCase("", 125, "docker: unknown command: docker buildx", "BK1002")]
    [TestCase("buildah 1.39.0", 0, "", "BK1009")]
    [TestCase("", 125, "Error: unrecognized command `podman buildx version`", "BK1009")]
    public async Task Refuses_what_cannot_serve(string output, int exitCode, string error, string code)
    {
        var failure = await Assert.ThrowsAsync<DiagnosticException>(() => AskAsync(new FakeDocker().On("buildx version", output, exitCode, error)));
        Assert.That(failure!.Diagnostics.Single().Code, Is.EqualTo(code));
    }

    [TestCase("github.com/docker/buildx v0.29.1 abc", true)]
    [TestCase("github.com/docker/buildx v0.28.0 abc", false)]
    public async Task The_program_is_called_itself_only_when_it_is_the_one_that_docker_starts(string itself, bool used)
    {
        using var folder = new TestFolder();
        var program = folder.Write("extra/" + DockerFolders.PluginName("buildx", HostSystems.Current));
        folder.Write("config.json", $$"""{"cliPluginsExtraDirs":["{{JsonEncodedText.Encode(Path.GetDirectoryName(program)!)}}"]}""");
        var calls = 0;
        var docker = new FakeDocker().On("buildx version", () => new(0, calls++ == 0 ? "github.com/docker/buildx v0.29.1 abc" : itself, ""));
        var plugin = new BuildxPlugin(docker.Cli, new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path });
        await plugin.AskVersionAsync("/", default);
        Assert.That(await plugin.FindAsync("/", default), Is.EqualTo(used ? program : ""));
    }

    [Test]
    public void A_program_in_the_working_directory_is_nobodys_plugin() =>
        Assert.That(BuildxPlugin.PathsOf("docker", new BuildEnvironment()), Is.All.Matches<string>(Path.IsPathRooted));

    private static Task<Version> AskAsync(FakeDocker docker) => new BuildxPlugin(docker.Cli, new BuildEnvironment()).AskVersionAsync("/", default);
}
