using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>The buildx plugin of Docker's command line.</summary>
public static partial class BuildxPlugin
{
    /// <summary>The oldest version that reports progress as data.</summary>
    public static Version Oldest { get; } = new(0, 13);

    /// <summary>Asks for the version.</summary>
    /// <returns>The version; <c>0.0</c> for a build of buildx that has no number.</returns>
    /// <exception cref="DiagnosticException">BK1002: no plugin; BK1006: too old; BK1009: Podman.</exception>
    public static async Task<Version> AskVersionAsync(IDockerCli cli, string workingDirectory, CancellationToken cancellation)
    {
        var answer = await cli.AskAsync(workingDirectory, cancellation, "buildx", "version").ConfigureAwait(false);
        var text = answer.Output + answer.Error;
        if (text.Contains("podman", StringComparison.OrdinalIgnoreCase) || text.Contains("buildah", StringComparison.OrdinalIgnoreCase))
        {
            throw new DiagnosticException(EngineDiagnostics.PodmanInsteadOfDocker.With(cli.ProgramPath, text.Split('\n')[0].Trim()));
        }

        if (answer.ExitCode != 0)
        {
            throw new DiagnosticException(EngineDiagnostics.BuildxMissing.With(cli.ProgramPath));
        }

        var version = ReadVersion(answer.Output);
        return version is null || version >= Oldest
            ? version ?? new Version(0, 0)
            : throw new DiagnosticException(EngineDiagnostics.BuildxTooOld.With(version, Oldest));
    }

    /// <summary>
    /// The number in an answer such as <c>github.com/docker/buildx v0.29.1 28f6246</c>; null for one without a number
    /// (a development build), which is not refused.
    /// </summary>
    public static Version? ReadVersion(string text) =>
        VersionNumber().Match(text) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;

    [GeneratedRegex(@"buildx v?(\d+\.\d+(?:\.\d+)?)")]
    private static partial Regex VersionNumber();
}
