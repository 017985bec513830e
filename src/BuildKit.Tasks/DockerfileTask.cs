using BuildKit.Core.Builds;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;

namespace BuildKit.Tasks;

/// <summary>What the tasks share that check a Dockerfile.</summary>
public abstract class DockerfileTask : BuildKitTask
{
    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";

    /// <summary><c>off</c>, <c>warn</c> (default) or <c>error</c>. BK2001.</summary>
    public string Lint { get; set; } = "";

    /// <summary>Codes of checks that are off by default and wanted: BK3316, BK3317.</summary>
    public string[] LintRules { get; set; } = [];

    /// <summary>The project's framework, for example <c>net10.0</c>; empty without code.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary>NuGet's <c>project.assets.json</c>, which names the referenced projects.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>Whether the program brings its own runtime.</summary>
    public bool SelfContained { get; set; }

    /// <summary>The checks of the Dockerfile.</summary>
    /// <param name="adviceAsWarnings">Whether advice is a warning.</param>
    internal DockerfileLint MakeLint(bool adviceAsWarnings) => new(
        new LintSettings(CacheValues.Parse("BuildKitLint", Lint, LintLevel.Warn, new SourceLocation(ProjectFile)), LintRules, adviceAsWarnings),
        new ProjectFacts(ProjectFile, TargetFramework, AssetsFile, SelfContained));
}
