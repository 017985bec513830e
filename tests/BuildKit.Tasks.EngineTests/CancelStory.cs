using System.Globalization;

namespace BuildKit.Tasks.EngineTests;

/// <summary>A build that is stopped leaves nothing running, neither here nor in the engine.</summary>
public sealed class CancelStory : Story
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // A time that no other process sleeps: the step's process is found by it.
    private readonly string sleep = string.Create(CultureInfo.InvariantCulture, $"sleep 3{Random.Shared.Next(1_000_000, 9_999_999)}");

    [Test]
    public async Task Ctrl_C_in_a_terminal_ends_the_build_everywhere()
    {
        await PrepareAsync();
        var terminal = Project.PathOf("tmux");
        string[] tmux = ["-S", terminal];
        var environment = Project.EnvironmentWith(null);
        try
        {
            (await Command.RunAsync(
                "tmux", [.. tmux, "-f", "/dev/null", "new-session", "-d", "-x", "130", "-y", "40", "dotnet publish --no-restore; echo $? > ended"],
                Project.Folder, environment)).Succeeded();
            Assert.That(await RunningProcesses.WaitAsync(sleep, present: true, Limit), Is.True, "the step did not start");
            (await Command.RunAsync("tmux", [.. tmux, "send-keys", "C-c"], Project.Folder, environment)).Succeeded();
            await AssertNothingRunsAsync();
        }
        finally
        {
            await Command.RunAsync("tmux", [.. tmux, "kill-server"], Project.Folder, environment);
        }
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [TestCase("HUP")]
    public async Task A_signal_to_dotnet_alone_ends_the_build_everywhere(string signal)
    {
        await PrepareAsync();
        using var build = Command.Start("dotnet", ["publish", "--no-restore"], Project.Folder, Project.EnvironmentWith(null));
        Assert.That(await RunningProcesses.WaitAsync(sleep, present: true, Limit), Is.True, "the step did not start");
        (await Command.RunAsync("kill", [$"-{signal}", build.Id.ToString(CultureInfo.InvariantCulture)])).Succeeded();
        using var limit = new CancellationTokenSource(Limit);
        await build.WaitForExitAsync(limit.Token);
        await AssertNothingRunsAsync();
        if (signal == "INT")
        {
            // MSBuild itself ends with 0 on TERM.
            Assert.That(build.ExitCode, Is.Not.Zero);
        }
    }

    private async Task PrepareAsync()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN {sleep}\n");
        (await Project.DotnetAsync(["restore"])).Succeeded();
    }

    private async Task AssertNothingRunsAsync()
    {
        Assert.That(await RunningProcesses.WaitAsync(sleep, present: false, Limit), Is.True, "the step still runs in the engine");
        // docker's arguments have the folder in them.
        Assert.That(
            await RunningProcesses.WaitAsync($"{Project.Folder}/obj", present: false, Limit), Is.True,
            () => string.Join('\n', RunningProcesses.WithArgument($"{Project.Folder}/obj").Select(process => process.CommandLine)));
        Assert.That(await Images.FindAsync(Repository), Is.Null);
        Assert.That(Directory.EnumerateFiles(Project.PathOf("obj"), "*.record.json", SearchOption.AllDirectories), Is.Empty);
    }
}
