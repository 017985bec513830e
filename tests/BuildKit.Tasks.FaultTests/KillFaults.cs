using System.Globalization;

namespace BuildKit.Tasks.FaultTests;

/// <summary>Something is taken away while a step runs: buildx itself, and the folder for our own files.</summary>
public sealed class KillFaults : Story
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // A time that no other process sleeps: the step's process is found by it.
    private readonly string sleep = string.Create(CultureInfo.InvariantCulture, $"sleep 5.{Random.Shared.Next(1_000_000, 9_999_999)}");

    [Test]
    public async Task A_killed_buildx_is_told_and_the_next_build_works()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN {sleep}9\n".Replace("sleep 5.", "sleep 300.", StringComparison.Ordinal));
        var build = Project.DotnetAsync(["publish"]);
        Assert.That(await RunningProcesses.WaitAsync(sleep.Replace("sleep 5.", "sleep 300.", StringComparison.Ordinal), present: true, Limit),
            Is.True);
        foreach (var process in RunningProcesses.WithArgument($"{Project.Folder}/obj")
            .Where(one => one.CommandLine.Contains("buildx", StringComparison.Ordinal)))
        {
            RunningProcesses.Kill(process.Id);
        }

        Assert.That((await build).FailedWith("BK1018").Text, Does.Contain("buildx"));
        Project.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
    }

    [Test]
    public async Task An_obj_folder_that_moves_away_during_the_build_is_told()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN {sleep}\n");
        var build = Project.DotnetAsync(["publish"]);
        Assert.That(await RunningProcesses.WaitAsync(sleep, present: true, Limit), Is.True);
        Directory.Move(Project.PathOf("obj"), Project.PathOf("obj-before"));
        var result = await build;
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Log.Errors, Has.Count.EqualTo(1), result.Output);
        Assert.That((result.Log.Errors[0].Code, result.Log.Errors[0].Text.Contains(Project.PathOf("obj"), StringComparison.Ordinal)),
            Is.EqualTo(("BK5006", true)).Or.EqualTo(("BK1060", true)), result.Output);
        (await Project.DotnetAsync(["publish"])).Succeeded();
    }
}
