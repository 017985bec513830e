namespace BuildKit.Core.DockerfileChecks;

/// <summary>What comes of a check that hits: values of <c>BuildKitLint</c>.</summary>
public enum LintLevel
{
    /// <summary>Nothing; the checks are not run.</summary>
    Off,

    /// <summary>A warning with the check's code (default).</summary>
    Warn,

    /// <summary>An error, and nothing is built.</summary>
    Error,
}
