using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>What a build, alone or in a bake, shows, checks and reports; nothing of it changes the image.</summary>
public sealed record RunOptions
{
    /// <summary>How long a build waits for others without progress unless the project says otherwise.</summary>
    public static readonly TimeSpan DefaultStallLimit = TimeSpan.FromMinutes(10);

    /// <summary>How long a build may wait for others without progress; zero for no limit.</summary>
    public TimeSpan StallLimit { get; init; } = DefaultStallLimit;

    /// <summary>Level of the line that each finished step gets, and of the report about caches; CI logs want them shown by default.</summary>
    public MessageLevel StepLevel { get; init; } = MessageLevel.Normal;

    /// <summary>Whether the result says, line by line, what was decided and what took the time.</summary>
    public bool Details { get; init; }

    /// <summary>Checks of the Dockerfile; null leaves them out.</summary>
    public DockerfileLint? Lint { get; init; }

    /// <summary>Whether the page of the timeline is written; one that failed in a step has one in any case.</summary>
    public bool Report { get; init; }

    /// <summary>Full path of the report of an earlier build on another machine, or of a folder with it; empty without one.</summary>
    public string EarlierReport { get; init; } = "";

    /// <summary>Gets the report, of a failed build too.</summary>
    public Action<BuildReport>? Reported { get; init; }

    /// <summary>Reads <c>BuildKitStallTimeout</c>, <c>BuildKitProgress</c>, <c>BuildKitReport</c> and <c>BuildKitReportHistory</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static RunOptions Of(ProjectSettings project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new RunOptions
        {
            StallLimit = StallLimitOf(project),
            StepLevel = Reports.StepLevel.Of(project),
            Details = Reports.StepLevel.IsInResult(project),
            Report = project.Switch("BuildKitReport"),
            EarlierReport = project.PathOf("BuildKitReportHistory"),
        };
    }

    /// <summary>Reads <c>BuildKitStallTimeout</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK1033.</exception>
    public static TimeSpan StallLimitOf(ProjectSettings project) => project.Time("BuildKitStallTimeout") ?? DefaultStallLimit;
}
