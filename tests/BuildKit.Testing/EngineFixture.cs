using System.Text.RegularExpressions;

namespace BuildKit.Testing;

/// <summary>A Docker engine of the tests' own. Without root or without the programs the tests fail; they never skip.</summary>
public sealed partial class EngineFixture : IAsyncDisposable
{
    private static readonly string Script = RepositoryRoot.PathOf("tests/engine/engine.sh");
    private readonly string name;

    private EngineFixture(string name, IReadOnlyDictionary<string, string> environment) =>
        (this.name, Environment) = (name, environment);

    /// <summary>A user's environment in which this engine is the current one.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Where the engine keeps what it has.</summary>
    public string DataFolder => Path.Combine(Path.GetDirectoryName(Environment["DOCKER_CONFIG"])!, "data");

    /// <summary>Starts an engine with cold caches.</summary>
    /// <param name="purpose">Part of its name.</param>
    /// <param name="options">Options of engine.sh, such as <c>--graph-driver</c>.</param>
    public static async Task<EngineFixture> StartAsync(string purpose, params string[] options)
    {
        var name = $"{TestRun.Id}-{purpose}";
        (await Command.RunAsync(Script, ["start", name, .. options])).Succeeded();
        var lines = (await Command.RunAsync(Script, ["env", name])).Succeeded();
        var environment = CleanEnvironment.Create();
        foreach (Match export in Export().Matches(lines))
        {
            var value = export.Groups["value"].Value;
            environment[export.Groups["name"].Value] = value.EndsWith(":\"$PATH\"", StringComparison.Ordinal)
                ? value[..^8] + ":" + environment["PATH"] : value;
        }

        return new EngineFixture(name, environment);
    }

    /// <summary>Starts it again after it ended, with what it has.</summary>
    public async Task StartAgainAsync() => (await Command.RunAsync(Script, ["start", name])).Succeeded();

    /// <summary>Runs docker on this engine.</summary>
    public Task<CommandResult> DockerAsync(params string[] arguments) =>
        Command.RunAsync(ProgramOf("docker"), arguments, "", Environment);

    /// <summary>Full path of a program on the engine's PATH.</summary>
    public string ProgramOf(string program) =>
        Environment["PATH"].Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

    /// <summary>Ends the engine and forgets what it holds.</summary>
    public async ValueTask DisposeAsync() => (await Command.RunAsync(Script, ["stop", name, "--delete"])).Succeeded();

    [GeneratedRegex("^export (?<name>[A-Z_]+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Export();
}
