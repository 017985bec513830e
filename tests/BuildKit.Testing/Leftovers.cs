using System.Text.RegularExpressions;

namespace BuildKit.Testing;

/// <summary>Engines, registries, build servers and packages of runs that were killed before they could stop them.</summary>
public static partial class Leftovers
{
    /// <summary>Stops those whose run no longer runs.</summary>
    public static async Task StopAsync()
    {
        await StopAsync("engine.sh", "--delete");
        await StopAsync("registry.sh");
        BuildServers.EndLeftovers();
        TestRun.RemovePackages(run => NameOfRun().Match(run + "-x") is { Success: true } name && HasEnded(name));
    }

    private static async Task StopAsync(string script, params string[] options)
    {
        var path = RepositoryRoot.PathOf("tests/engine/" + script);
        var list = (await Command.RunAsync(path, ["list"])).Succeeded();
        foreach (Match name in NameOfRun().Matches(list))
        {
            if (HasEnded(name))
            {
                (await Command.RunAsync(path, ["stop", name.Value, .. options])).Succeeded();
            }
        }
    }

    private static bool HasEnded(Match name) => !Directory.Exists("/proc/" + name.Groups["process"].Value);

    [GeneratedRegex("^e2e-(?<process>[0-9]+)-[a-z0-9-]+", RegexOptions.Multiline)]
    private static partial Regex NameOfRun();
}
