namespace BuildKit.Testing;

/// <summary>A terminal of a chosen width: tmux draws what MSBuild's terminal logger writes, and is asked what stands there in the end.</summary>
public static class RealTerminal
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command of the shell.</summary>
    /// <param name="columns">Width of the terminal.</param>
    /// <param name="command">The command.</param>
    /// <param name="folder">Where.</param>
    /// <param name="environment">Its environment.</param>
    /// <returns>The lines that are left, blank ones out. Lines that the terminal broke at its edge are whole.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(int columns, string command, string folder, Dictionary<string, string> environment)
    {
        // The name of a socket may have a hundred characters.
        var files = Directory.CreateTempSubdirectory("bkt");
        string[] tmux = ["-S", Path.Combine(files.FullName, "s")];
        var (ended, scripted) = (Path.Combine(files.FullName, "ended"), Path.Combine(files.FullName, "run"));
        await File.WriteAllTextAsync(scripted, command);
        try
        {
            (await Command.RunAsync(
                "tmux",
                [.. tmux, "-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", "60", $"bash {scripted}; touch {ended}; read wait"],
                folder, environment)).Succeeded();
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); !File.Exists(ended); await Task.Delay(100))
            {
                Assert.That(clock.Elapsed, Is.LessThan(Limit), $"\"{command}\" did not end");
            }

            var screen = (await Command.RunAsync("tmux", [.. tmux, "capture-pane", "-p", "-J", "-S", "-"], folder, environment)).Succeeded();
            TestContext.Out.WriteLine(screen);
            return [.. screen.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        }
        finally
        {
            await Command.RunAsync("tmux", [.. tmux, "kill-server"], folder, environment);
            files.Delete(recursive: true);
        }
    }
}
