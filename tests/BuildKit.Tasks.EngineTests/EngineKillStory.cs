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

    [TestCase("create", "engine")]
    [TestCase("inspect", "engine")]
    [TestCase("inspect", "container")]
    public async Task What_is_killed_while_a_builder_is_made_is_no_trouble_for_the_next_build(string when, string what)
    {
        await using var engine = await EngineFixture.StartAsync($"killed-{when}-{what}");
        Use(engine);
        var builder = $"{TestRun.Id}-{when}-{what}";
        var docker = engine.ProgramOf("docker");
        var processFile = Path.Combine(engine.DataFolder, "..", "pid");
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo done\n", $"<BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>", $"""
            <BuildKitDriverOption Include="image" Value="{Machine.Registry.Address}/buildkit-shim:1" />
            <BuildKitDriverOption Include="network" Value="host" />
            """);
        // In the middle of the chosen command of buildx, and once.
        var kill = what == "engine" ? $"kill -9 $(cat '{processFile}')"
            : $"for n in $(seq 100); do '{docker}' kill buildx_buildkit_{builder}0 >/dev/null 2>&1 && break; sleep 0.1; done";
        var killer = Project.Write("killer/docker", $"""
            #!/bin/sh
            case "$*" in "buildx {when}"*)
              if mkdir "$0.done" 2>/dev/null; then '{docker}' "$@" & sleep 0.1; {kill}; wait $!; exit $?; fi;;
              "buildx version") echo "then buildx is not called without this program";;
            esac
            exec '{docker}' "$@"
            """);
        File.SetUnixFileMode(killer, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var killed = await Project.DotnetAsync(["build", "-v:n"], variables: new Dictionary<string, string?> { ["PATH"] = $"{Path.GetDirectoryName(killer)}:{engine.Environment["PATH"]}" });

        Assert.That(Directory.Exists(killer + ".done"), Is.True, "nothing was killed");
        Assert.That(killed.Log.Errors.Select(error => error.Code), Has.All.StartWith("BK"));
        Assert.That(what == "engine" ? killed.ExitCode : 1, Is.EqualTo(1), killed.Output);
        if (what == "engine")
        {
            await engine.StartAgainAsync();
        }

        (await Project.DotnetAsync(["build"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
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
