using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Reports;

/// <summary>The level of the line that each finished step gets, and of the summary: <c>BuildKitProgress</c>.</summary>
internal static class StepLevel
{
    private const string Details = "details";

    /// <summary>
    /// Whether the lines belong to the result: MSBuild's terminal logger shows nothing else, and all other loggers show it as well.
    /// </summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static bool IsInResult(ProjectSettings project) => project.Choice("BuildKitProgress") == Details;

    /// <summary>Shown by default with <c>plain</c>; a CI log is read afterwards, so there that is the default.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static MessageLevel Of(ProjectSettings project) => project.Choice("BuildKitProgress") switch
    {
        "plain" => MessageLevel.Important,
        "" when CiSystems.AreBuilding(project.Environment) => MessageLevel.Important,
        _ => MessageLevel.Normal,
    };
}
