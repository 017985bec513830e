using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Testing;

/// <summary>
/// The MSBuild servers of a run. A process of MSBuild that has built before needs a third of the CPU time for the next project, so
/// the commands of a run take turns at a few of them. No two commands use one at the same time.
/// </summary>
internal static partial class BuildServers
{
    // MSBuild makes it a part of the names of its pipes: runs, and the servers of one run, do not meet.
    private const string Salt = "MSBUILDNODEHANDSHAKESALT";

    // .NET, NuGet and MSBuild read these once per process.
    private static readonly string[] ReadOnce = ["DOTNET_", "MSBUILD", "NUGET_", "SSL_CERT_", "HOME", "TMPDIR", "LANG", "TERM"];

    // The one that was used last is the warmest, and is taken first. What a server read once it keeps, so commands share one only with those
    // that have the same in these variables.
    private static readonly ConcurrentDictionary<string, ConcurrentStack<int>> Free = new(StringComparer.Ordinal);
    private static int Last;

    /// <summary>Whether a command with these variables may share a process with others.</summary>
    public static bool Suit(IEnumerable<string> variables, IEnumerable<string> arguments) =>
        Environment.GetEnvironmentVariable("BUILDKIT_TASKS_TEST_SERVERS") != "0"
        && !arguments.Contains("-nodeReuse:false", StringComparer.OrdinalIgnoreCase)
        && !variables.Any(IsReadOnce);

    /// <summary>What a server with these variables has read: commands for which it is equal may share one.</summary>
    public static string KindOf(IEnumerable<KeyValuePair<string, string?>> variables) =>
        string.Join('\n', variables.Where(variable => IsReadOnce(variable.Key)).Select(variable => $"{variable.Key}={variable.Value}").Order());

    /// <summary>Takes a server that no other command uses; the command starts it when it does not run.</summary>
    /// <param name="kind">What <see cref="KindOf"/> gives; empty without such variables.</param>
    public static int Take(string kind) =>
        Free.TryGetValue(kind, out var free) && free.TryPop(out var number) ? number : Interlocked.Increment(ref Last);

    /// <summary>Gives a server back after its command has ended.</summary>
    public static void Return(int number, string kind) => Free.GetOrAdd(kind, _ => new ConcurrentStack<int>()).Push(number);

    /// <summary>Makes a command use a server.</summary>
    public static void Use(int number, Dictionary<string, string> environment)
    {
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";
        environment.Remove("MSBUILDDISABLENODEREUSE");
        environment[Salt] = string.Create(CultureInfo.InvariantCulture, $"{TestRun.Id}-{number}");
    }

    /// <summary>Ends one server with its nodes and what they started.</summary>
    public static void End(int number) => End(salt => salt == $"{TestRun.Id}-{number}");

    /// <summary>Ends the servers of this run.</summary>
    public static void End() => End(salt => salt.StartsWith(TestRun.Id + "-", StringComparison.Ordinal));

    /// <summary>Ends those of runs that were killed.</summary>
    public static void EndLeftovers() =>
        End(salt => NameOfRun().Match(salt) is { Success: true } name && !Directory.Exists("/proc/" + name.Groups["process"].Value));

    private static bool IsReadOnce(string name) => name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
        || ReadOnce.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static void End(Func<string, bool> ours)
    {
        foreach (var id in RunningProcesses.WithVariable(Salt, ours))
        {
            RunningProcesses.Kill(id);
        }
    }

    [GeneratedRegex("^e2e-(?<process>[0-9]+)-[0-9]+$")]
    private static partial Regex NameOfRun();
}
