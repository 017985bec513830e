using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.EngineMessages;

/// <summary>How texts of an engine are given to the classifier.</summary>
internal static class EngineErrorTexts
{
    internal const string Solve = "ERROR: failed to build: failed to solve: ";

    internal static Diagnostic Classify(params string[] lines) => Classify(new BuildGraph(), lines);

    internal static Diagnostic Classify(BuildGraph graph, params string[] lines) =>
        EngineErrorClassifier.Classify(
            new BuildxResult(1, lines, graph),
            new FailureContext("/src/Dockerfile", null, ["r.example.com/a:1"], "unix:///e.sock", "28.5.2")).Single();
}
