using System.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Processes;

/// <summary>A small shell script stands in for docker; it says "ready" when a test may go on.</summary>
[Platform("Linux")]
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DockerCliTests : IDisposable
{
    private readonly TestFolder folder = new();
    // What the shell and its programs are found by; the rest is what a test adds.
    private BuildEnvironment environment = new() { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/nobody" };
    private readonly List<string> output = [];
    private readonly List<string> error = [];

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task Hands_on_lines_of_both_streams_and_the_exit_code(CancellationToken _)
    {
        var exitCode = await RunAsync("""echo "out $#"; echo err >&2; for a in "$@"; do echo "<$a>"; done; exit 42""",
            ["a b", "", "$HOME", "c\"d'e", "*"]);
        Assert.That(exitCode, Is.EqualTo(42));
        Assert.That(output, Is.EqualTo(new[] { "out 5", "<a b>", "<>", "<$HOME>", "<c\"d'e>", "<*>" }));
        Assert.That(error, Is.EqualTo(new[] { "err" }));
    }

    [Test]
    public async Task Runs_in_the_given_folder_with_BuildKit_on(CancellationToken _)
    {
        var variables = new Dictionary<string, string?> { ["BUILDX_METADATA_PROVENANCE"] = "disabled", ["HOME"] = null };
        await RunAsync("""pwd; echo "$DOCKER_BUILDKIT $DOCKER_CLI_HINTS $BUILDX_METADATA_PROVENANCE [$HOME] [$BUILDKIT_PROGRESS]" """, [],
            variables: variables);
        Assert.That(output, Is.EqualTo(new[] { folder.Path, "1 false disabled [] []" }));
    }

    [Test]
    public async Task Reads_much_on_both_streams_without_a_deadlock(CancellationToken _)
    {
        await RunAsync("""i=0; while [ $i -lt 20000 ]; do echo "error line $i" >&2; i=$((i+1)); done; echo end""", []);
        Assert.That((output.Single(), error.Count, error[^1]), Is.EqualTo(("end", 20000, "error line 19999")));
    }

    [Test]
    public async Task Asking_joins_the_lines(CancellationToken cancellation)
    {
        var answer = await Docker("echo a; echo b; echo c >&2; exit 3").AskAsync(folder.Path, cancellation, "info");
        Assert.That(answer, Is.EqualTo(new DockerAnswer(3, "a\nb", "c")));
    }

    [Test]
    public async Task A_willing_process_is_interrupted_and_may_finish(CancellationToken cancellation)
    {
        using var graceful = new CancellationTokenSource();
        var run = RunAsync("""trap 'echo interrupted; exit 7' INT; echo ready; while :; do sleep 0.05; done""", [],
            new(graceful.Token, default), line => Cancel(line, graceful));
        Assert.That(await EndAsync(run.WaitAsync(cancellation)), Is.EqualTo("cancelled").Or.EqualTo("7"));
        Assert.That(output, Is.EqualTo(new[] { "ready", "interrupted" }));
    }

    [Test]
    public async Task A_stubborn_process_is_killed_with_all_it_started(CancellationToken cancellation)
    {
        using var graceful = new CancellationTokenSource();
        using var forceful = new CancellationTokenSource();
        // The child ignores the interrupt too, and would hold the streams open for an hour.
        var run = RunAsync("""trap 'echo ignored' INT; (trap '' INT; exec sleep 3600) & echo "child $!"; echo ready; while :; do sleep 0.05; done""",
            [],
            new(graceful.Token, forceful.Token), line =>
            {
                Cancel(line, graceful);
                if (line == "ignored")
                {
                    forceful.Cancel();
                }
            });
        Assert.That(await EndAsync(run.WaitAsync(cancellation)), Is.EqualTo("cancelled"));
        Assert.That(output, Does.Contain("ignored"));
        var child = int.Parse(output[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(() => Runs(child), Is.False.After(5000, 20));
    }

    private static bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            // A killed process stays listed until its parent takes note of it.
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[1][0] != 'Z';
        }
        catch (Exception failure) when (failure is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static void Cancel(string line, CancellationTokenSource source)
    {
        if (line == "ready")
        {
            source.Cancel();
        }
    }

    private static async Task<string> EndAsync(Task<int> run)
    {
        try
        {
            return (await run).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private DockerCli Docker(string script)
    {
        // Whoever runs the tests in the background of a shell has interrupts ignored, and a shell cannot undo that.
        var shell = OperatingSystem.IsLinux() ? "/usr/bin/env -S --default-signal=INT sh" : "/bin/sh";
        var program = folder.Write("docker", $"#!{shell}\n{script}\n");
        folder.SetMode("docker", 0b111_101_101);
        return new DockerCli(program, environment);
    }

    private Task<int> RunAsync(
        string script, string[] arguments, ProcessCancellation cancellation = default, Action<string>? onOutput = null,
        IReadOnlyDictionary<string, string?>? variables = null) =>
        Docker(script).RunAsync(
            new DockerCommand(arguments, folder.Path) { Environment = variables ?? new Dictionary<string, string?>() },
            line =>
            {
                output.Add(line);
                onOutput?.Invoke(line);
            },
            error.Add,
            cancellation);
}
