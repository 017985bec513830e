namespace BuildKit.Tasks.FaultTests;

/// <summary>A credential helper that is missing, fails or hangs, and a registry that wants a login.</summary>
public sealed class CredentialHelperFaults : Story
{
    [TestCase(null, "is not on PATH")]
    [TestCase("echo 'the vault is sealed'; exit 7", "ended with exit code 7 (\"the vault is sealed\")")]
    [TestCase("sleep 600", "did not answer within 1 s")]
    [TestCase("echo '<html>'", "gave an answer that is no JSON")]
    public async Task Is_named_before_the_build_with_what_it_said(string? script, string text)
    {
        using var registry = new MoodyRegistry((_, _) => RegistryMood.Answer(401, ("WWW-Authenticate", "Basic realm=\"tests\"")));
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n",
            $"<ContainerRegistry>{registry.Address}</ContainerRegistry><BuildKitRegistryTimeout>3</BuildKitRegistryTimeout>");
        var result = await Project.DotnetAsync(["publish"], variables: WithHelper(registry.Address, script));
        Assert.That(result.FailedWith("BK1074").Text, Does.Contain($"docker-credential-company {text}").And.Contains(registry.Address));
        Assert.That(result.Log.Tasks, Has.None.EqualTo("DockerBuildxBuild"));
    }

    [Test]
    [Category("Long")]
    public async Task Of_a_base_image_is_named()
    {
        using var registry = new MoodyRegistry((_, _) => RegistryMood.Answer(401, ("WWW-Authenticate", "Basic realm=\"tests\"")));
        WriteConsole($"<ContainerBaseImage>{registry.Address}/dotnet/runtime:10.0</ContainerBaseImage>");
        Assert.That((await Project.DotnetAsync(["publish"], variables: WithHelper(registry.Address, null))).FailedWith("BK1074").Text,
            Does.Contain("docker-credential-company is not on PATH"));
    }

    // A configuration of the test's own, with the engine's buildx.
    private Dictionary<string, string?> WithHelper(string registry, string? script)
    {
        var own = Machine.Engine.Environment["DOCKER_CONFIG"];
        Project.Write("docker/config.json", $$"""{"credHelpers":{"{{registry}}":"company"},"cliPluginsExtraDirs":["{{own}}/cli-plugins"]}""");
        var path = Machine.Engine.Environment["PATH"];
        if (script is not null)
        {
            var helper = Project.Write("helpers/docker-credential-company", $"#!/bin/sh\ncat > /dev/null\n{script}\n");
            File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            path = $"{Path.GetDirectoryName(helper)}:{path}";
        }

        return new Dictionary<string, string?> { ["DOCKER_CONFIG"] = Project.PathOf("docker"), ["PATH"] = path };
    }
}
