using System.Globalization;

namespace BuildKit.Tasks.FaultTests;

/// <summary>An engine that is halted (SIGSTOP): it takes connections and answers nothing.</summary>
public sealed class EngineHaltFaults : Story
{
    [Test]
    public async Task An_engine_that_was_halted_since_the_last_build_is_told_within_seconds()
    {
        await using var engine = await EngineFixture.StartAsync("halted");
        Use(engine);
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Project.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /again\n");
        await SignalAsync(engine, "STOP");
        try
        {
            Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK1003").Text, Does.Contain("no answer in time"));
        }
        finally
        {
            await SignalAsync(engine, "CONT");
        }

        (await Project.DotnetAsync(["publish"])).Succeeded();
    }

    [Test]
    public async Task An_engine_that_is_halted_while_a_step_runs_is_told()
    {
        await using var engine = await EngineFixture.StartAsync("halted-in-step");
        Use(engine);
        var sleep = string.Create(CultureInfo.InvariantCulture, $"sleep 4{Random.Shared.Next(1_000_000, 9_999_999)}");
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN {sleep}\n", "<BuildKitStallTimeout>3</BuildKitStallTimeout>");
        var build = Project.DotnetAsync(["publish"]);
        Assert.That(await RunningProcesses.WaitAsync(sleep, present: true, TimeSpan.FromMinutes(2)), Is.True, "the step did not start");
        await SignalAsync(engine, "STOP");
        try
        {
            Assert.That((await build).FailedWith("BK1072").Text, Does.Contain(engine.Environment["DOCKER_HOST"]));
        }
        finally
        {
            await SignalAsync(engine, "CONT");
        }

        Project.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
    }

    [Test]
    public async Task A_step_that_says_nothing_for_longer_than_the_limit_is_left_alone()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN sleep 6; : {Repository}\n", "<BuildKitStallTimeout>1.5</BuildKitStallTimeout>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
    }

    private static async Task SignalAsync(EngineFixture engine, string signal) =>
        (await Command.RunAsync("kill", [$"-{signal}", (await File.ReadAllTextAsync(Path.Combine(engine.DataFolder, "..", "pid"))).Trim()]))
            .Succeeded();
}
