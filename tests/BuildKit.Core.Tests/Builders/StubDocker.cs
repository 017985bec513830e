using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Builders;

/// <summary>Stands in for Docker's command line: keeps builders as buildx does, and writes down each call.</summary>
internal sealed class StubDocker : IDockerCli
{
    private readonly object gate = new();
    private readonly List<string> calls = [];

    public string ProgramPath => "/usr/bin/docker";

    public Dictionary<string, StubBuilder> Builders { get; } = [];

    /// <summary>Answers of commands, by their beginning, that are not about builders; first match wins.</summary>
    public List<(string Start, int ExitCode, string Output, string Error)> Answers { get; } =
        [("buildx version", 0, "github.com/docker/buildx v0.29.1 abc", "")];

    /// <summary>How often a bootstrap fails before it works.</summary>
    public int BootstrapFailures { get; set; }

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public IEnumerable<string> CallsOf(string start) => Calls.Where(call => call.StartsWith(start, StringComparison.Ordinal));

    public async Task<int> RunAsync(DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation cancellation)
    {
        var line = string.Join(' ', command.Arguments);
        lock (gate)
        {
            // Whether this machine has a plugin to be called itself must not count.
            calls.AddRange(command.PluginPath.Length == 0 ? [line] : []);
        }

        await Task.Yield();
        if (Answers.Find(answer => line.StartsWith(answer.Start, StringComparison.Ordinal)) is { Start: not null } known)
        {
            known.Output.Split('\n').ToList().ForEach(onOutput);
            known.Error.Split('\n').ToList().ForEach(onError);
            return known.ExitCode;
        }

        lock (gate)
        {
            return Buildx([.. command.Arguments.Skip(1)], onOutput, onError);
        }
    }

    private int Buildx(List<string> arguments, Action<string> onOutput, Action<string> onError)
    {
        switch (arguments[0])
        {
            case "ls":
                Builders.Values.ToList().ForEach(builder => onOutput(builder.ToJson()));
                return 0;
            case "rm":
                return Builders.Remove(arguments[^1]) ? 0 : 1;
            case "inspect":
                if (BootstrapFailures-- > 0)
                {
                    onError("ERROR: container is restarting");
                    return 1;
                }

                Builders[arguments[^1]].Status = "running";
                return 0;
            case "create":
                var name = arguments[arguments.IndexOf("--name") + 1];
                var append = arguments.Contains("--append");
                if (Builders.ContainsKey(name) && !append)
                {
                    onError($"ERROR: existing instance for \"{name}\" but no append mode");
                    return 1;
                }

                var builder = append ? Builders[name] : Builders[name] = new StubBuilder(name, arguments[arguments.IndexOf("--driver") + 1]);
                builder.Nodes.Add(StubNode.Of(arguments, builder.Nodes.Count));
                return 0;
            default:
                throw new InvalidOperationException("not expected: " + string.Join(' ', arguments));
        }
    }
}

internal sealed record StubBuilder(string Name, string Driver)
{
    public List<StubNode> Nodes { get; } = [];

    public string Status { get; set; } = "inactive";

    public string LastActivity { get; init; } = "2026-11-24T08:03:57Z";

    public string ToJson() => JsonSerializer.Serialize(new
    {
        Name,
        Driver,
        LastActivity,
        Nodes = Nodes.Select(node => new { node.Name, node.Endpoint, node.DriverOpts, node.Flags, node.Platforms, Status }),
    });
}

internal sealed record StubNode(string Name, string Endpoint, Dictionary<string, string> DriverOpts, IReadOnlyList<string> Flags,
    IReadOnlyList<string> Platforms)
{
    public static StubNode Of(List<string> arguments, int index)
    {
        var values = arguments.Zip(arguments.Skip(1)).ToList();
        string Value(string option) => values.Find(pair => pair.First == option).Second ?? "";
        return new StubNode(
            Value("--node") is { Length: > 0 } named ? named : Value("--name") + index,
            arguments[^1].Contains("://", StringComparison.Ordinal) ? arguments[^1] : "unix:///var/run/docker.sock",
            values.Where(pair => pair.First == "--driver-opt").Select(pair => pair.Second.Trim('"').Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]),
            Value("--buildkitd-flags").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Value("--platform").Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>Keeps what it is told.</summary>
internal sealed class ListSink : IDiagnosticSink
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly List<string> messages = [];

    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    public IReadOnlyList<string> Messages => messages;

    public void Report(Diagnostic diagnostic)
    {
        lock (diagnostics)
        {
            diagnostics.Add(diagnostic);
        }
    }

    public bool Fails(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    public void Message(MessageLevel level, string text)
    {
        lock (messages)
        {
            messages.Add(text);
        }
    }
}
