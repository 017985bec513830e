using System.Net;
using System.Net.Sockets;

namespace BuildKit.Tasks.EngineTests;

/// <summary>An engine and a BuildKit that only ssh reaches; a container with an ssh server stands for the other machine.</summary>
public sealed class SshStory : Story
{
    private readonly List<string> builders = [];
    private int port;
    private Dictionary<string, string?> variables = [];

    private string Address => $"ssh://root@127.0.0.1:{port}";

    [TearDown]
    public async Task RemoveBuildersAsync()
    {
        foreach (var builder in builders)
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", builder);
        }
    }

    [Test]
    [Category("Long")]
    public async Task An_engine_and_a_builder_behind_ssh_build_and_a_server_that_is_gone_is_named()
    {
        var machine = await StartMachineAsync();
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"], variables: With("DOCKER_HOST", Address))).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        Assert.That((await Project.DotnetAsync(["publish"], variables: With("DOCKER_HOST", Address))).Succeeded().Output, Does.Contain("unchanged"));

        // The image is in that machine's engine, and not in this one's.
        (await Project.DotnetAsync(["publish", "-p:ContainerRegistry="], variables: With("DOCKER_HOST", Address))).Succeeded();
        Assert.That((await OnMachineAsync(machine, "docker", "image", "ls", "-q", $"{Repository}:latest")).Output.Trim(), Is.Not.Empty);
        Assert.That((await Machine.Engine.DockerAsync("image", "ls", "-q", $"{Repository}:latest")).Output.Trim(), Is.Empty);

        // The same machine as a builder of the engine here.
        var remote = Own("ssh");
        string[] build = ["publish", $"-p:ContainerImageTag=remote", $"-p:BuildKitBuilder={remote}", $"-p:BuildKitBuilderEndpoint={Address}"];
        (await Project.DotnetAsync(build, variables: variables)).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "remote"), Is.Not.Null);

        await Machine.Engine.DockerAsync("buildx", "rm", "-f", builders[0]);
        Assert.That((await Project.DotnetAsync(["publish", "-p:BuildKitForce=true"], variables: With("DOCKER_HOST", Address)))
            .FailedWith("BK1003").Text, Does.Contain("Connection refused"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.That((await Project.DotnetAsync([.. build, "-p:BuildKitForce=true", "-p:BuildKitProbeAge=0"], variables: variables))
            .FailedWith("BK1021").Text, Does.Contain("onnection refused"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(18)), "BuildKit itself gives up after twenty");
    }

    private Dictionary<string, string?> With(string name, string value) => new(variables) { [name] = value };

    private string Own(string name)
    {
        builders.Add($"{TestRun.Id}-{name}");
        return builders[^1];
    }

    private async Task<string> StartMachineAsync()
    {
        var builder = Own("ssh-machine");
        (await Machine.Engine.DockerAsync("buildx", "create", "--name", builder, "--driver", "docker-container", "--driver-opt",
            $"image={Machine.Registry.Address}/remote-machine:1,network=host")).Succeeded();
        (await Machine.Engine.DockerAsync("buildx", "inspect", "--bootstrap", builder)).Succeeded();
        var machine = $"buildx_buildkit_{builder}0";
        foreach (var key in new[] { "user", "host" })
        {
            (await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Project.PathOf(key)])).Succeeded();
        }

        (await OnMachineAsync(machine, "mkdir", "-p", "-m", "700", "/root/.ssh", "/run/sshd")).Succeeded();
        (await Machine.Engine.DockerAsync("cp", Project.PathOf("user.pub"), $"{machine}:/root/.ssh/authorized_keys")).Succeeded();
        (await Machine.Engine.DockerAsync("cp", Project.PathOf("host"), $"{machine}:/etc/ssh/host")).Succeeded();
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        // It goes on by itself when it listens.
        (await OnMachineAsync(machine, "/usr/sbin/sshd", "-o", $"ListenAddress=127.0.0.1:{port}", "-o", "HostKey=/etc/ssh/host", "-o",
            "PidFile=none")).Succeeded();

        // A user has all this in ~/.ssh; ssh takes that folder from the system's list of users and from no variable.
        var known = (await File.ReadAllTextAsync(Project.PathOf("host.pub"))).Trim();
        Project.Write("known_hosts", $"[127.0.0.1]:{port} {known}\n");
        Project.Write("ssh_config",
            $"IdentityFile {Project.PathOf("user")}\nIdentitiesOnly yes\nUserKnownHostsFile {Project.PathOf("known_hosts")}\nStrictHostKeyChecking "
                + $"yes\nBatchMode yes\n");
        var ssh = Project.Write("programs/ssh", $"#!/bin/sh\nexec '{Machine.Engine.ProgramOf("ssh")}' -F '{Project.PathOf("ssh_config")}' \"$@\"\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        variables = new() { ["PATH"] = $"{Path.GetDirectoryName(ssh)}:{Machine.Engine.Environment["PATH"]}" };
        return machine;
    }

    private static Task<CommandResult> OnMachineAsync(string machine, params string[] command) =>
        Machine.Engine.DockerAsync(["exec", machine, .. command]);
}
