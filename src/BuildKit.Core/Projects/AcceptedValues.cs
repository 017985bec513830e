using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Projects;

/// <summary>
/// Properties that steps after the plan read, and what they take. They are checked with the plan, so that a wrong one is
/// told before a builder is looked for or made, and also when nothing has changed. What a single image may say for
/// itself is checked by <c>BuildRequestReader</c>.
/// </summary>
public static class AcceptedValues
{
    private static readonly string[] Switch = ["true", "false"];

    // Texts and not the types behind them: nothing is loaded for it in a build that has nothing to do.
    private static readonly (string Property, string[] Values)[] Lists =
    [
        ("BuildKitEnabled", ["true", "false", "auto"]),
        ("BuildKitReplacePublishContainer", Switch),
        ("BuildKitReport", Switch),
        ("BuildKitProgress", ["auto", "plain"]),
        ("BuildKitLint", ["off", "warn", "error"]),
        ("BuildKitDriver", ["docker", "docker-container", "kubernetes", "remote"]),
        ("BuildKitCacheProfile", ["Development", "Production", "Branch", "PullRequest"]),
        ("BuildKitCacheType", ["Registry", "Inline", "None"]),
        ("BuildKitCacheWrite", ["auto", "always", "never"]),
        ("BuildKitCacheCompression", ["gzip", "zstd", "estargz", "uncompressed"]),
    ];

    private static readonly string[] LintRules = ["BK3316", "BK3317"];

    private static readonly string[] Times = ["BuildKitTimeout", "BuildKitProbeAge"];

    /// <summary>The values that a property takes; none when it has no list here.</summary>
    public static IReadOnlyList<string> Of(string property) =>
        property == "BuildKitLintRules" ? LintRules : Lists.FirstOrDefault(list => list.Property == property).Values ?? [];

    /// <summary>Checks all of them.</summary>
    /// <param name="properties">Values by property name; a missing one is not set.</param>
    /// <param name="projectFile">Full path of the project, in which the line is looked up for what is wrong.</param>
    /// <returns>BK2001 and BK1033.</returns>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyDictionary<string, string> properties, string projectFile)
    {
        var found = new List<Diagnostic>();
        foreach (var (property, values) in Lists)
        {
            Check(property, properties.GetValueOrDefault(property, ""), values);
        }

        foreach (var rule in ValueList.Split(properties.GetValueOrDefault("BuildKitLintRules", "")))
        {
            Check("BuildKitLintRules", rule, LintRules);
        }

        foreach (var property in Times.Where(property => properties.GetValueOrDefault(property, "").Length > 0))
        {
            try
            {
                TimeSetting.Read(property, properties[property], new SourceLocation(projectFile));
            }
            catch (DiagnosticException wrong)
            {
                found.AddRange(wrong.Diagnostics);
            }
        }

        return found;

        void Check(string property, string value, string[] values)
        {
            if (Find(property, value, values, projectFile) is { } wrong)
            {
                found.Add(wrong);
            }
        }
    }

    /// <summary>Reads a property that takes <c>true</c> or <c>false</c>.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="value">Its value; empty means not set.</param>
    /// <param name="projectFile">Full path of the project.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static bool? ReadSwitch(string property, string value, string projectFile) =>
        Find(property, value, Switch, projectFile) is { } wrong ? throw new DiagnosticException(wrong)
        : value.Length == 0 ? null : value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a value; null when it is one of the accepted ones, or empty.</summary>
    internal static Diagnostic? Find(string property, string value, string[] values, string projectFile)
    {
        if (value.Length == 0 || values.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var near = NearestName.Among(values, value) is { } name ? $" Did you mean \"{name}\"?" : "";
        return PropertyDiagnostics.ValueNotAccepted.At(
            ProjectFileLocation.Of(projectFile, property), property, value, $"{string.Join(", ", values[..^1])} or {values[^1]}", near);
    }
}
