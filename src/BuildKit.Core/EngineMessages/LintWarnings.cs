using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>Turns BuildKit's checks of a Dockerfile, which every build reports, into diagnostics BK32xx.</summary>
internal static partial class LintWarnings
{
    /// <summary>The diagnostics of a build, each once.</summary>
    /// <param name="graph">The build.</param>
    /// <param name="dockerfilePath">
    /// Full path of the Dockerfile: BuildKit knows its name only. Null when it is not the user's, so that there is no line to point at.
    /// </param>
    public static IReadOnlyList<Diagnostic> Of(BuildGraph graph, string? dockerfilePath) =>
        [.. graph.Warnings.Select(warning => Of(warning, dockerfilePath)).Distinct()];

    private static Diagnostic Of(WarningEvent warning, string? dockerfilePath)
    {
        var (rule, text) = Short().Match(warning.Summary) is { Success: true } match
            ? (match.Groups["rule"].Value, match.Groups["text"].Value)
            : ("BuildKit", warning.Summary.Trim());
        return LintDiagnostics.OfRule(rule).At(Location(warning, dockerfilePath), rule, Sentence(text)) with
        {
            HelpLink = warning.Url.Length > 0 ? warning.Url : null,
        };
    }

    private static SourceLocation? Location(WarningEvent warning, string? dockerfilePath)
    {
        if (dockerfilePath is null || warning.Ranges.Count == 0)
        {
            return dockerfilePath is null ? null : new SourceLocation(dockerfilePath);
        }

        var (first, last) = (warning.Ranges[0].Start, warning.Ranges[^1].End);
        return new SourceLocation(dockerfilePath, first, EndLine: last > first ? last : 0);
    }

    private static string Sentence(string text) => text.Length > 0 && ".!?".Contains(text[^1]) ? text : text + ".";

    // The line is left out of the text: it is the location.
    [GeneratedRegex(@"^(?<rule>[A-Za-z]+): (?<text>.*?)(?: \(line [0-9]+\))?$", RegexOptions.Singleline)]
    private static partial Regex Short();
}
