using System.Globalization;
using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK32xx: BuildKit's own Dockerfile checks, one code for each rule.</summary>
public static class LintDiagnostics
{
    /// <summary>A rule newer than this list.</summary>
    public static readonly DiagnosticDescriptor UnknownRule = new(
        "BK3200", Warning, "A check that has no code yet",
        "{0}: {1}",
        "BuildKit's Dockerfile frontend has a check that is newer than this package.",
        "Follow the link; update the package.");

    // The position gives the code (BK3201...), so new rules are added at the end only.
    // Names: https://docs.docker.com/reference/build-checks/
    private static readonly string[] Names =
    [
        "StageNameCasing", "FromAsCasing", "NoEmptyContinuation", "ConsistentInstructionCasing", "DuplicateStageName",
        "ReservedStageName", "JSONArgsRecommended", "MaintainerDeprecated", "UndefinedArgInFrom", "WorkdirRelativePath",
        "UndefinedVar", "MultipleInstructionsDisallowed", "LegacyKeyValueFormat", "InvalidBaseImagePlatform",
        "RedundantTargetPlatform", "SecretsUsedInArgOrEnv", "InvalidDefaultArgInFrom", "FromPlatformFlagConstDisallowed",
        "CopyIgnoredFile", "InvalidDefinitionDescription", "ExposeProtoCasing", "ExposeInvalidFormat",
    ];

    /// <summary>Rule name and catalogue entry, in the order of their codes.</summary>
    public static IReadOnlyList<(string Name, DiagnosticDescriptor Descriptor)> Rules { get; } =
        [.. Names.Select((name, index) => (name, new DiagnosticDescriptor(
            "BK" + (3201 + index).ToString(CultureInfo.InvariantCulture), Warning, name, "{0}: {1}",
            $"BuildKit's check {name}.",
            $"See https://docs.docker.com/reference/build-checks/, or skip it in the Dockerfile: `# check=skip={name}`.")))];

    /// <summary>The entry of a rule.</summary>
    /// <param name="ruleName">BuildKit's name, for example <c>StageNameCasing</c>.</param>
    public static DiagnosticDescriptor OfRule(string ruleName) =>
        Rules.FirstOrDefault(rule => rule.Name == ruleName).Descriptor ?? UnknownRule;
}
