using System.Diagnostics;

namespace BuildKit.Tasks.FaultTests;

/// <summary>The engine, the container of a builder or the build itself is killed while a step runs or a builder is made.</summary>
[Category("Long")]
public sealed class EngineKillFaults : Story
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
        var build = Project.DotnetAsync(["publish"]);
        await RunningAsync(engine);
        using (var dockerd = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(engine.DataFolder, "..", "pid")),
            System.Globalization.CultureInfo.InvariantCulture)))
        {
            dockerd.Kill();
        }

        (await build).FailedWith("BK1016");
        await engine.StartAgainAsync();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo done\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_killed_builder_container_is_an_error_and_the_next_build_works()
    {
        var builder = $"{TestRun.Id}-killed";
        WriteDockerfile(Sleeping, $"<BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>", ContainerOptions);
        try
        {
            var build = Project.DotnetAsync(["publish"]);
            await RunningAsync(Machine.Engine);
            (await Machine.Engine.DockerAsync("kill", $"buildx_buildkit_{builder}0")).Succeeded();
            (await build).FailedWith("BK1016");
            Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo done\n");
            (await Project.DotnetAsync(["publish"])).Succeeded();
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
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo done\n",
            $"<BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>", ContainerOptions);
        var kill = what == "engine" ? $"kill -9 $(cat '{processFile}')"
            : $"for n in $(seq 100); do '{docker}' kill buildx_buildkit_{builder}0 >/dev/null 2>&1 && break; sleep 0.1; done";

        var (killed, done) = await BuildWithAsync(engine, when, $"'{docker}' \"$@\" & sleep 0.1; {kill}; wait $!; exit $?");

        Assert.That(Directory.Exists(done), Is.True, "nothing was killed");
        Assert.That(killed.Log.Errors.Select(error => error.Code), Has.All.StartWith("BK"));
        if (what == "engine")
        {
            Assert.That(killed.ExitCode, Is.EqualTo(1), killed.Output);
            await engine.StartAgainAsync();
        }

        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [TestCase("create")]
    [TestCase("inspect")]
    [TestCase("build")]
    [CancelAfter(900_000)]
    public async Task A_build_that_is_killed_leaves_nothing_that_the_next_one_minds(string when)
    {
        var builder = $"{TestRun.Id}-kill-{when}";
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN sleep 2\n",
            $"<BuildKitBuilder>{builder}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>", ContainerOptions);
        try
        {
            // Kills itself, its parent and all of its group.
            var (killed, _) = await BuildWithAsync(Machine.Engine, when,
                $"'{Machine.Engine.ProgramOf("docker")}' \"$@\" & sleep 0.4; kill -9 $! $PPID; exit 1", "-nodeReuse:false", "-m:1");
            Assert.That(killed.ExitCode, Is.Not.Zero);
            (await Project.DotnetAsync(["publish"])).Succeeded();
            Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        }
        finally
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", builder);
        }
    }

    // Something else happens in the middle of a command of buildx, once; then there is a folder.
    private async Task<(DotnetResult Result, string Done)> BuildWithAsync(EngineFixture engine, string command, string instead,
        params string[] arguments)
    {
        var program = Project.Write("killer/docker", $"""
            #!/bin/sh
            case "$*" in "buildx {command}"*)
              if mkdir "$0.done" 2>/dev/null; then {instead}; fi;;
              "buildx version") echo "then buildx is not called without this program";;
            esac
            exec '{engine.ProgramOf("docker")}' "$@"
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string?> { ["PATH"] = $"{Path.GetDirectoryName(program)}:{engine.Environment["PATH"]}" };
        return (await Project.DotnetAsync(["publish", .. arguments], variables: variables), program + ".done");
    }

    // The step's own process is seen on this machine, whichever container it is in.
    private async Task RunningAsync(EngineFixture engine)
    {
        for (var clock = Stopwatch.StartNew(); (await Command.RunAsync("pgrep", ["-f", $"^{sleep}$"], "",
            engine.Environment)).ExitCode != 0; await Task.Delay(300))
        {
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)), "the step never started");
        }
    }
}
