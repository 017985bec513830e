using System.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Tests.Processes;

/// <summary>
/// Whatever is started sees the environment of its build and nothing else: with <c>-mt</c> this process holds what other projects left
/// in it. HOME is set in this process and not in the build.
/// </summary>
[Platform("Linux")]
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProgramStartTests : IDisposable
{
    private readonly TestFolder folder = new();

    private BuildEnvironment Environment => new() { ["PATH"] = $"{folder.Path}:/usr/bin:/bin", ["DOCKER_CONFIG"] = folder.Path, ["ONLY_HERE"] = "1" };

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task Docker_sees_the_builds_environment(CancellationToken cancellation)
    {
        Write("docker", """echo "[$ONLY_HERE][$HOME][$DOCKER_BUILDKIT]" """);
        Assert.That((await DockerCli.Find("docker", Environment).AskAsync(folder.Path, cancellation, "x")).Output, Is.EqualTo("[1][][1]"));
    }

    [Test]
    public async Task A_credential_helper_sees_the_builds_environment(CancellationToken cancellation)
    {
        Write("docker-credential-x", """read server; echo "{\"Username\":\"[$ONLY_HERE][$HOME][$server]\",\"Secret\":\"s\"}" """);
        folder.Write("config.json", """{"credsStore":"x"}""");
        var found = await new RegistryCredentials(DockerConfigFile.Load(Environment), Environment).FindAsync(RegistryHost.Of("r.example"),
            RegistryAccess.Push, cancellation);
        Assert.That(found!.UserName, Is.EqualTo("[1][][r.example]"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_command_of_a_file_sees_the_builds_environment(bool waits, CancellationToken cancellation)
    {
        Write("show", """echo "[$ONLY_HERE][$HOME]"; echo two; echo error >&2; exit 3""");
        var shell = new ShellCommand(folder.Path, Environment);
        var result = waits ? await shell.RunAsync("show", [], cancellation) : shell.Run("show", [], cancellation);
        Assert.That(result, Is.EqualTo(new ShellResult(3, "[1][]\ntwo\n", "error\n")));
    }

    [Test]
    public void A_command_that_writes_much_on_both_streams_does_not_hang(CancellationToken cancellation)
    {
        var result = new ShellCommand(folder.Path,
            Environment).Run("i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; echo \"error $i\" >&2; i=$((i+1)); done", cancellation);
        Assert.That((result.ExitCode, result.Output.Count(letter => letter == '\n'), result.Error.Count(letter => letter == '\n')),
            Is.EqualTo((0, 20000, 20000)));
    }

    [Test]
    public void A_command_that_hangs_ends_with_its_build(CancellationToken cancellation)
    {
        using var build = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        build.CancelAfter(TimeSpan.FromMilliseconds(500));
        var clock = Stopwatch.StartNew();
        Assert.Catch<OperationCanceledException>(() => new ShellCommand(folder.Path, Environment).Run("echo $$ > running; sleep 3600", build.Token));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        var id = File.ReadAllText(folder.Full("running")).Trim();
        Assert.That(() => Directory.Exists("/proc/" + id), Is.False.After(5000, 20));
    }

    [Test]
    public void A_program_that_is_not_there_is_an_answer(CancellationToken cancellation) =>
        Assert.That(new ShellCommand(folder.Path, Environment).Run("no-such-program", [], cancellation),
            Is.EqualTo(new ShellResult(-1, "", "there is no program \"no-such-program\"")));

    private void Write(string name, string script)
    {
        folder.Write(name, $"#!/bin/sh\n{script}\n");
        folder.SetMode(name, 0b111_101_101);
    }
}
