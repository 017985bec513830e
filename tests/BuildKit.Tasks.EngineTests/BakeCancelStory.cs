using System.Globalization;

namespace BuildKit.Tasks.EngineTests;

/// <summary>A bake that is stopped leaves nothing running and nothing half done.</summary>
public sealed class BakeCancelStory : BakeStory
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // A time that no other process sleeps: the step's process is found by it.
    private readonly string sleep = string.Create(CultureInfo.InvariantCulture, $"sleep 3{Random.Shared.Next(1_000_000, 9_999_999)}");

    private string Unique => sleep.Replace(' ', '-');

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task A_signal_to_dotnet_ends_the_bake_everywhere_and_the_next_one_works(string signal)
    {
        string[] names = ["quick", "slow", "other"];
        WriteImages();
        // Each case has steps of its own: BuildKit can lose a step that two builds share when one is stopped (BK1034).
        WriteFolder("quick", $"COPY Dockerfile /{Unique}");
        WriteFolder("slow", $"RUN {sleep}");
        WriteFolder("other", $"COPY Dockerfile /other-{Unique}",
            items: "<BuildKitOutput Include=\"archive\" Type=\"oci\" Path=\"out/other.tar\" /><BuildKitOutput Include=\"pushed\" Type=\"registry\" "
                + "/>");
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();

        using var build = Command.Start("dotnet", ["publish", "images.proj", "--no-restore"], Project.Folder, Project.EnvironmentWith(null));
        Assert.That(await RunningProcesses.WaitAsync(sleep, present: true, Limit), Is.True, "the step did not start");
        (await Command.RunAsync("kill", [$"-{signal}", build.Id.ToString(CultureInfo.InvariantCulture)])).Succeeded();
        using var limit = new CancellationTokenSource(Limit);
        await build.WaitForExitAsync(limit.Token);

        Assert.That(await RunningProcesses.WaitAsync(sleep, present: false, Limit), Is.True, "the step still runs in the engine");
        Assert.That(await RunningProcesses.WaitForFolderAsync(Project.Folder, Limit), Is.Empty);
        Assert.That(names.SelectMany(name => FilesOf(name, "*.record.json")), Is.Empty);
        Assert.That((await DigestsAsync("slow"))["slow"], Is.Null);
        if (signal == "INT")
        {
            // On TERM MSBuild dies at once, with exit code 0.
            Assert.That(build.ExitCode, Is.Not.Zero);
            Assert.That(Directory.GetFiles(Project.Folder, "*", SearchOption.AllDirectories)
                .Where(file => file.Contains(".session-", StringComparison.Ordinal) || file.EndsWith(".partial", StringComparison.Ordinal)),
                Is.Empty);
        }

        WriteFolder("slow", "COPY Dockerfile /slow");
        Assert.That(Baked((await Project.PublishAsync("images.proj", "--no-restore")).Succeeded()), Is.EquivalentTo(names));
        Assert.That((await DigestsAsync(names)).Values, Has.None.Null);
        Assert.That(Directory.GetFiles(Project.PathOf("other/out")).Select(Path.GetFileName), Is.EqualTo(new[] { "other.tar" }));
    }
}
