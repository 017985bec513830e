using System.Globalization;

namespace BuildKit.Testing;

/// <summary>What belongs to one run of a test assembly: a name that no other run has, and a folder.</summary>
public static class TestRun
{
    /// <summary>Name for engines, registries and versions.</summary>
    public static string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"e2e-{Environment.ProcessId}");

    /// <summary>Folder of the run. Empty files in it keep the repository's and the user's settings out of the projects below.</summary>
    public static string Folder { get; } = Create();

    /// <summary>
    /// The package folder of all runs, so that a package is fetched once. The package under test has a version of its own in each
    /// run, which goes with the run.
    /// </summary>
    public static string Packages { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("BUILDKIT_TASKS_ENGINE_HOME") is { Length: > 0 } home ? home : RepositoryRoot.PathOf(".engine"),
        "packages");

    /// <summary>Removes the folder, unless a test that failed has left something in it.</summary>
    public static void Close()
    {
        BuildServers.End();
        EndCompiler();
        RemovePackages(run => run == Id);
        if (Directory.Exists(Folder) && !Directory.EnumerateFiles(Folder, "*.binlog", SearchOption.AllDirectories).Any())
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Removes the packages of runs from the package folder.</summary>
    /// <param name="isTheirs">Whether the id of a run is one of them.</param>
    internal static void RemovePackages(Func<string, bool> isTheirs)
    {
        var folder = Path.Combine(Packages, "buildkit.tasks");
        foreach (var version in Directory.Exists(folder) ? Directory.GetDirectories(folder, "1.0.0-e2e-*") : [])
        {
            if (isTheirs(Path.GetFileName(version)["1.0.0-".Length..].Split('.')[0]))
            {
                Directory.Delete(version, recursive: true);
            }
        }
    }

    private static string Create()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "buildkit-tasks-" + Id)).FullName;
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(folder, file), "<Project />\n");
        }

        return folder;
    }

    // The projects of a run share a compiler of their own, which would stay for ten minutes.
    private static void EndCompiler()
    {
        foreach (var id in RunningProcesses.WithArgument(Id).Where(process => process.CommandLine.Contains("VBCSCompiler", StringComparison.Ordinal)))
        {
            RunningProcesses.Kill(id.Id);
        }
    }
}
