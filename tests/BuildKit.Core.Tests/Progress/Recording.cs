using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Progress;

/// <summary>The error stream of a real run of buildx, played into a graph.</summary>
internal sealed class Recording
{
    internal const string Dockerfile = "/src/shop/Dockerfile";

    private Recording(IEnumerable<string> lines)
    {
        Graph.StepFinished += Finished.Add;
        Graph.OutputLine += (step, line) => Output.Add((step, line));
        foreach (var line in lines)
        {
            if (ProgressReader.TryRead(line) is { } update)
            {
                Graph.Apply(update);
            }
            else
            {
                ErrorLines.Add(line);
            }
        }
    }

    internal static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    internal BuildGraph Graph { get; } = new();

    internal List<string> ErrorLines { get; } = [];

    internal List<BuildStep> Finished { get; } = [];

    internal List<(BuildStep Step, string Line)> Output { get; } = [];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Progress", "Recordings");

    internal static string PathOf(string file) => Path.Combine(Folder, file);

    internal static string[] Lines(string name) => File.ReadAllLines(PathOf(name + ".jsonl"));

    internal static Recording Play(string name) => new(Lines(name));

    internal static Recording Of(params string[] lines) => new(lines);

    internal IReadOnlyList<Diagnostic> Diagnose(int exitCode = 1, bool cancelled = false) =>
        EngineErrorClassifier.Classify(
            new BuildxResult(exitCode, ErrorLines, Graph),
            new FailureContext(Dockerfile, "/src/shop", ["localhost:5978/research-a:1"], "unix:///var/run/docker.sock", "28.5.2"),
            cancelled);
}
