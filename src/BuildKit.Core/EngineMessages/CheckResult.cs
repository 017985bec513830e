using System.Text;
using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Json;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>
/// What <c>docker buildx build --call=check,format=json</c> prints: BuildKit's checks without a build
/// (https://docs.docker.com/build/checks/).
/// </summary>
internal static class CheckResult
{
    /// <summary>The diagnostics in it; null when the text is not such a result.</summary>
    /// <param name="json">What it printed.</param>
    /// <param name="dockerfilePath">Full path of the Dockerfile: BuildKit knows its name only.</param>
    /// <param name="known">What is known about the build; null for nothing.</param>
    public static IReadOnlyList<Diagnostic>? TryRead(string json, string dockerfilePath, FailureContext? known = null)
    {
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(json));
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var found = root.Items("warnings").Select(warning => Warning(warning, dockerfilePath)).Distinct().ToList();
        if (root.Member("buildError") is { ValueKind: JsonValueKind.Object } error)
        {
            found.Add(BuildError(error.Text("message"), Place(error, dockerfilePath), known));
        }

        return found;
    }

    // The frontend ends as well when an image cannot be had, which is no fault of the line.
    private static Diagnostic BuildError(string message, SourceLocation place, FailureContext? known)
    {
        var cause = EngineErrorClassifier.Classify(
            new BuildxResult(1, ["ERROR: failed to build: failed to solve: " + message], new BuildGraph()),
            known ?? new FailureContext(place.File, null, [], "", "")).Single();
        return cause.Code == EngineDiagnostics.EngineError.Code
            ? DockerfileDiagnostics.ParseError.At(place, message.TrimEnd('.'))
            : cause with { Location = place.Line > 0 ? place : cause.Location ?? place };
    }

    private static Diagnostic Warning(JsonElement warning, string path)
    {
        var rule = warning.Text("ruleName");
        var text = warning.Text("detail") is { Length: > 0 } detail ? detail : warning.Text("description");
        return LintDiagnostics.OfRule(rule).At(Place(warning, path), rule, text.EndsWith('.') ? text : text + ".") with
        {
            HelpLink = warning.Text("url") is { Length: > 0 } url ? url : null,
        };
    }

    private static SourceLocation Place(JsonElement element, string path)
    {
        var ranges = element.Member("location").Items("ranges").ToList();
        if (ranges.Count == 0)
        {
            return new SourceLocation(path);
        }

        var first = (int)(ranges[0].Member("start").Number("line") ?? 0);
        var last = (int)(ranges[^1].Member("end").Number("line") ?? 0);
        return new SourceLocation(path, first, EndLine: last > first ? last : 0);
    }
}
