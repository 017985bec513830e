using System.Diagnostics;

namespace BuildKit.Tasks.EngineTests;

/// <summary>The engine, or the container of a builder, is killed while a step runs.</summary>
[Category("Long")]
public sealed class EngineKillStory : Story
{
    // A length that nothing else on this machine sleeps.
    private readonly string sleep = $"sleep 60.{Environment.ProcessId}";

    private string Sleeping => $"FROM {BaseImages.Debian}\nRUN echo started && {sleep}\n";

    [Test]
    public async Task A_killed_engine_is_an_error_and_the_next_build_works()
    {
        await using var engine = await EngineFixture.StartAsync("killed");
        Use(engine);
        WriteDockerfile(Sleeping);
        var build = Project.DotnetAsync(["build"]);
        await RunningAsync(engine);
        using (var dockerd = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(engine.DataFolder, "..", "pid")), System.Globalization.CultureInfo.InvariantCulture)))
        {
            dockerd.Kill();
        }

        (await build).FailedWith("BK1016");
        await engine.StartAgainAsync();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo done\n");
        (await Project.DotnetAsync(["build"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_killed_builder_container_is_an_error_and_the_next_build_works()
    {
        var builder = $"{TestRun.Id}-killed";
        WriteDockerfile(Sleeping, $"<BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>", $"""
            <BuildKitDriverOption Include="image" Value="{Machine.Registry.Address}/buildkit-shim:1" />
            <BuildKitDriverOption Include="network" Value="host" />
            """);
        try
        {
            var build = Project.DotnetAsync(["build"]);
            await RunningAsync(Machine.Engine);
            (await Machine.Engine.DockerAsync("kill", $"buildx_buildkit_{builder}0")).Succeeded();
            (await build).FailedWith("BK1016");
            Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo done\n");
            (await Project.DotnetAsync(["build"])).Succeeded();
            Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        }
        finally
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", builder);
        }
    }

    // The step's own process is seen on this machine, whichever container it is in.
    private async Task RunningAsync(EngineFixture engine)
    {
        for (var clock = Stopwatch.StartNew(); (await Command.RunAsync("pgrep", ["-f", $"^{sleep}$"], "", engine.Environment)).ExitCode != 0; await Task.Delay(300))
        {
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)), "the step never started");
        }
    }
}
