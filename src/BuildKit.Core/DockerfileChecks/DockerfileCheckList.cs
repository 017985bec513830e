using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>Our own checks of a Dockerfile, all of them, in one list. BuildKit's own (BK32xx) come from BuildKit.</summary>
internal static class DockerfileCheckList
{
    private static readonly Func<CheckInput, IEnumerable<Diagnostic>>[] Checks =
    [
        ProjectNotCopiedCheck.Find, RestoreInputNotCopiedCheck.Find, BaseVersionCheck.Find, FinalStagePlatformCheck.Find, ExposedPortCheck.Find,
        RestoresAgainCheck.Find, CacheMountHidesLayerCheck.Find, SourceBeforeDependenciesCheck.Find, CacheMountMissingCheck.Find,
        CacheMountSharingCheck.Find, ContextContentCheck.Find, SecretInDockerfileCheck.Find, ProjectOutsideContextCheck.Find, WebAssetsCheck.Find,
        CarriageReturnCheck.Find,
    ];

    private static readonly Dictionary<string, Func<CheckInput, IEnumerable<Diagnostic>>> OnDemand = new(StringComparer.OrdinalIgnoreCase)
    {
        [LayerCheckDiagnostics.BaseWithoutDigest.Code] = BaseWithoutDigestCheck.Find,
        [LayerCheckDiagnostics.RootUser.Code] = RootUserCheck.Find,
    };

    /// <summary>Runs the checks, and reads the Dockerfile for it.</summary>
    /// <param name="dockerfilePath">Full path of the Dockerfile.</param>
    /// <param name="context">The build context.</param>
    /// <param name="targetStage">Stage that is built; empty for the last one.</param>
    /// <param name="arguments">Build arguments that have a value.</param>
    /// <param name="project">The project.</param>
    /// <param name="settings">Which checks, and how serious.</param>
    public static IReadOnlyList<Diagnostic> Run(
        string dockerfilePath, string context, string targetStage, IReadOnlyDictionary<string, string> arguments, ProjectFacts project,
        LintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Level == LintLevel.Off || !File.Exists(dockerfilePath))
        {
            return [];
        }

        var folder = Directory.Exists(context) ? context : "";
        var ignore = folder.Length == 0 ? DockerIgnore.None : DockerIgnore.Load(folder, dockerfilePath);
        return Run(new CheckInput(Dockerfile.Load(dockerfilePath), folder, ignore, targetStage, arguments, project), settings);
    }

    /// <summary>Runs the checks on a input.</summary>
    public static IReadOnlyList<Diagnostic> Run(CheckInput input, LintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(input);
        var skipped = Skipped(input.Dockerfile);
        return skipped.Contains("all") ? [] :
        [
            .. Checks.Concat(settings.AdviceAsWarnings ? [CopySourceMissingCheck.Find] : [])
                .Concat(OnDemand.Where(check => settings.Enabled.Contains(check.Key, StringComparer.OrdinalIgnoreCase)).Select(check => check.Value))
                .SelectMany(check => check(input))
                .Where(diagnostic => !skipped.Contains(diagnostic.Code))
                .Distinct()
                .Select(settings.Apply)
                .OrderBy(diagnostic => diagnostic.Location?.Line)
                .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal),
        ];
    }

    // "# check=skip=StageNameCasing,BK3310;error=true": BuildKit passes over names that it does not know.
    private static HashSet<string> Skipped(Dockerfile dockerfile) =>
        new((dockerfile.Directives.GetValueOrDefault("check") ?? "").Split(';')
            .Select(part => part.Trim().Split('=', 2))
            .Where(part => part.Length == 2 && part[0].Equals("skip", StringComparison.OrdinalIgnoreCase))
            .SelectMany(part => part[1].Split(',', StringSplitOptions.TrimEntries)), StringComparer.OrdinalIgnoreCase);
}
