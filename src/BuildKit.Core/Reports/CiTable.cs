using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Reports;

/// <summary>What a CI system's summary says of an image, as a table in Markdown.</summary>
internal static partial class CiTable
{
    private const int StepsNamed = 3;
    private const int NotesNamed = 5;

    /// <summary>The section of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="report">The report of its build; null when nothing had to be built, or there is none.</param>
    internal static string Of(CiImage image, BuildReport? report)
    {
        var text = new StringBuilder($"### Image {image.Name}\n\n| | |\n|---|---|\n");
        foreach (var (name, value) in Rows(image, report).Where(row => row.Value.Length > 0))
        {
            text.Append($"| {name} | {value} |\n");
        }

        text.Append('\n');
        foreach (var note in (report?.Notes ?? []).Take(NotesNamed))
        {
            var step = note.Step >= 0 && note.Step < report!.Steps.Count ? Code(report.Steps[note.Step].Label.Shortened(80)) + " " : "";
            text.Append($"- {step}{Escaped(note.Text)}\n");
        }

        return text.Append(report is null ? "" : Inputs(report)).Append('\n').ToString();
    }

    private static IEnumerable<(string Name, string Value)> Rows(CiImage image, BuildReport? report)
    {
        var references = image.References.Count > 0 ? image.References : [image.Reference];
        yield return (references.Count == 1 ? "tag" : "tags", string.Join("<br>", references.Select(Code)));
        yield return ("digest", image.Digest.Length == 0 ? "" : Code(image.Digest));
        if (report is null)
        {
            yield return ("build", Escaped(Facts(image)));
            yield break;
        }

        var built = report.Image;
        var added = built.PushedBytes < 0 ? "" : $", {Quantity.Bytes(built.PushedBytes)} of it new";
        yield return ("size", built.Size < 0 ? "" : Quantity.Bytes(built.Size) + added);
        var earlier = report.History.Count > 1 && report.History[^2] is { Succeeded: true } past
            ? $" (before: {Quantity.Seconds(past.Milliseconds / 1000.0)})"
            : "";
        yield return ("time", Quantity.Seconds(built.Seconds) + earlier);
        yield return ("steps", $"{built.StepsCached} of {built.StepsCached + built.StepsRun} from cache");
        var slowest = report.Steps.Where(step => step.Took >= 100).OrderByDescending(step => step.Took).Take(StepsNamed);
        yield return ("slowest",
            string.Join("<br>", slowest.Select(step => $"{Quantity.Seconds(step.Took / 1000.0)} {Code(step.Label.Shortened(80))}")));
        yield return ("caches", string.Join("<br>", built.CacheRead.Select(cache => "read " + Code(cache))
            .Concat(report.CacheNotRead.Select(cache => $"not read {Code(cache.Reference)}: {Escaped(cache.Reason)}"))
            .Concat(built.CacheWritten.Select(cache => "wrote " + Code(cache)))));
    }

    // GitHub shows it folded; Azure, which does not know the element, shows its text.
    private static string Inputs(BuildReport report)
    {
        var inputs = report.Inputs;
        var rows = new[]
        {
            ("Dockerfile", report.Dockerfile),
            ("context", inputs.Context.Length == 0 ? "" : $"{inputs.Context}, {Quantity.Bytes(report.Image.ContextBytes)} sent"),
            ("stage", inputs.Target), ("platforms", string.Join(", ", inputs.Platforms)),
            ("build arguments", string.Join(", ", inputs.Arguments)), ("named contexts", string.Join(", ", inputs.NamedContexts)),
        }.Where(row => row.Item2.Length > 0).Select(row => $"- {row.Item1}: {Code(row.Item2)}\n")
            .Concat(inputs.Bases.Select(image => $"- base image: {Code($"{image.Reference}@{image.Digest}")}\n")).ToList();
        return rows.Count == 0 ? "" : $"\n<details><summary>Inputs</summary>\n\n{string.Concat(rows)}\n</details>\n";
    }

    // The second line of a result.
    private static string Facts(CiImage image) =>
        image.Unchanged ? "unchanged" : image.Summary.Split('\n', StringSplitOptions.TrimEntries) is [_, var facts, ..] ? facts : image.Summary;

    // A fence that is longer than any in the text cannot be closed by it; a bar would end the cell even there.
    private static string Code(string text)
    {
        var fence = new string('`', 1 + Fence().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max());
        var space = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return $"{fence}{space}{text.Replace("|", "\\|", StringComparison.Ordinal)}{space}{fence}";
    }

    private static string Escaped(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex("`+")]
    private static partial Regex Fence();

    [GeneratedRegex(@"[\\`*_\[\]<>|#]")]
    private static partial Regex Special();
}
