using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Processes;

/// <summary>A short command of Docker's that says nothing is ended; what goes on talking, and a build, is not.</summary>
[Platform("Unix")]
public sealed class WatchedDockerCliTests
{
    [Test]
    public async Task A_command_that_hangs_is_ended_and_named()
    {
        using var folder = new TestFolder();
        var failure = await Assert.ThrowsAsync<DiagnosticException>(() => Cli(folder, "sleep 60", 0.3)
            .AskAsync(folder.Path, default, "buildx", "inspect", "--bootstrap", "x"));
        Assert.That((failure!.Diagnostics.Single().Code, failure.Diagnostics.Single().Message),
            Is.EqualTo(("BK1073", failure.Diagnostics.Single().Message)));
        Assert.That(failure.Diagnostics.Single().Message, Does.Contain("\"docker buildx inspect --bootstrap\" was ended"));
    }

    [Test]
    public async Task A_command_that_talks_is_not()
    {
        using var folder = new TestFolder();
        var answer = await Cli(folder, "for i in 1 2 3 4 5 6 7 8; do echo $i >&2; sleep 0.25; done", 1)
            .AskAsync(folder.Path, default, "buildx", "inspect");
        Assert.That(answer.ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_build_is_watched_by_others()
    {
        using var folder = new TestFolder();
        Assert.That((await Cli(folder, "sleep 1", 0.2).AskAsync(folder.Path, default, "buildx", "build", ".")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_cancelled_command_is_no_fault()
    {
        using var folder = new TestFolder();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.CatchAsync<OperationCanceledException>(() => Cli(folder, "sleep 60", 30).AskAsync(folder.Path, source.Token, "info"));
    }

    private static WatchedDockerCli Cli(TestFolder folder, string script, double seconds)
    {
        var program = folder.Write("docker", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new WatchedDockerCli(new DockerCli(program, BuildEnvironment.OfProcess([])), new RecordingSink(), TimeSpan.FromSeconds(seconds));
    }
}
