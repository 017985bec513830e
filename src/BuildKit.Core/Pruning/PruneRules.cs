using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Pruning;

/// <summary>Which caches are to go.</summary>
/// <param name="Pattern">Their tags, with <c>*</c> and <c>?</c>.</param>
/// <param name="OlderThan">Their least age.</param>
/// <param name="Keep">How many of the newest stay whatever their age.</param>
public sealed partial record PruneRules(string Pattern, TimeSpan OlderThan, int Keep)
{
    /// <summary>Reads <c>BuildKitPrunePattern</c>, <c>BuildKitPruneOlderThan</c> and <c>BuildKitPruneKeep</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <param name="scope">Names of the caches.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static PruneRules Of(ProjectSettings project, CacheScope scope)
    {
        var age = Age().Match(project["BuildKitPruneOlderThan"]);
        if (!age.Success || !int.TryParse(age.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var amount))
        {
            throw NotAccepted("BuildKitPruneOlderThan", "a number and d, h or m, for example 30d");
        }

        if (!int.TryParse(project["BuildKitPruneKeep"], NumberStyles.None, CultureInfo.InvariantCulture, out var kept))
        {
            throw NotAccepted("BuildKitPruneKeep", "a whole number");
        }

        var pattern = project["BuildKitPrunePattern"];
        var unit = age.Groups[2].Value switch { "d" => TimeSpan.FromDays(1), "h" => TimeSpan.FromHours(1), _ => TimeSpan.FromMinutes(1) };
        return new PruneRules(pattern.Length > 0 ? pattern : scope.ProductionTag + "-*", unit * amount, kept);

        DiagnosticException NotAccepted(string property, string takes) =>
            new(PropertyDiagnostics.ValueNotAccepted.At(project.At(property), property, project[property], takes, ""));
    }

    /// <summary>Whether a tag is meant.</summary>
    public bool Matches(string tag) => Regex.IsMatch(
        tag, "^" + Regex.Escape(Pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + @"\z");

    /// <summary>The caches to go, oldest first; one of unknown age stays.</summary>
    /// <param name="entries">All caches.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<CacheEntry> Select(IEnumerable<CacheEntry> entries, DateTimeOffset now) =>
        [.. entries.Where(entry => Matches(entry.Tag) && entry.Created is not null)
            .OrderByDescending(entry => entry.Created).Skip(Keep)
            .Where(entry => now - entry.Created >= OlderThan).Reverse()];

    [GeneratedRegex("^([0-9]{1,6})([dhm])$")]
    private static partial Regex Age();
}
