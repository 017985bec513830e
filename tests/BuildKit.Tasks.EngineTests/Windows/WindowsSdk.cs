namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>The SDK of Windows under Wine, in the engine's home (tests/windows/README.md).</summary>
internal static class WindowsSdk
{
    private static readonly string Script = RepositoryRoot.PathOf("tests/windows/run.sh");
    private static readonly Lazy<Task> LazySetUp = new(async () =>
        (await Command.RunAsync(RepositoryRoot.PathOf("tests/windows/setup.sh"), [], limit: TimeSpan.FromMinutes(20))).Succeeded());

    /// <summary>Its folder.</summary>
    public static string Home { get; } = Path.Combine(Path.GetDirectoryName(TestRun.Packages)!, "windows");

    /// <summary>Sets it up, which takes minutes the first time.</summary>
    public static Task SetUpAsync() => LazySetUp.Value;

    /// <summary>Runs <c>dotnet</c>, as somebody does in a shell of Windows.</summary>
    /// <param name="folder">Where, as Windows calls it.</param>
    /// <param name="path">Value of the variable <c>Path</c>.</param>
    /// <param name="variables">Other variables.</param>
    /// <param name="arguments">Arguments.</param>
    public static async Task<CommandResult> DotnetAsync(
        string folder, string path, IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> arguments)
    {
        string[] words =
        [
            "start", folder, $"START_PATH={path}", .. variables.Select(variable => $"{variable.Key}={variable.Value}"), "--",
            WindowsPath.Of(Path.Combine(Home, "sdk/dotnet.exe")), .. arguments,
        ];
        var result = await Command.RunAsync(Script, words, RepositoryRoot.PathOf(""), limit: TimeSpan.FromMinutes(10));
        return result with { Output = result.Output.Replace("\r", "", StringComparison.Ordinal) };
    }

    /// <summary>Ends what Wine keeps running.</summary>
    public static Task StopAsync() => LazySetUp.IsValueCreated ? Command.RunAsync(Script, ["stop"]) : Task.CompletedTask;
}
