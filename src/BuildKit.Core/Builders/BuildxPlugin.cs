using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Builders;

/// <summary>The buildx plugin of Docker's command line.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
internal sealed partial class BuildxPlugin(IDockerCli cli, BuildEnvironment environment)
{
    private string answered = "";

    /// <summary>The oldest version that reports progress as data.</summary>
    public static Version Oldest { get; } = new(0, 13);

    /// <summary>Asks for the version.</summary>
    /// <returns>The version; <c>0.0</c> for a build of buildx that has no number.</returns>
    /// <exception cref="DiagnosticException">BK1002: no plugin; BK1006: too old; BK1009: Podman.</exception>
    public async Task<Version> AskVersionAsync(string workingDirectory, CancellationToken cancellation)
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

        answered = answer.Output;
        var version = ReadVersion(answer.Output);
        return version is null || version >= Oldest
            ? version ?? new Version(0, 0)
            : throw new DiagnosticException(EngineDiagnostics.BuildxTooOld.With(version, Oldest));
    }

    /// <summary>
    /// Finds the program of the plugin, so that a build need not go through Docker's command line, which takes as long to
    /// start as buildx does.
    /// </summary>
    /// <returns>Full path; empty when no program says the same of itself as what Docker's command line started.</returns>
    public async Task<string> FindAsync(string workingDirectory, CancellationToken cancellation)
    {
        var path = PathsOf(cli.ProgramPath, environment).FirstOrDefault(File.Exists) ?? "";
        if (path.Length == 0 || answered.Length == 0)
        {
            return "";
        }

        try
        {
            var answer = await cli.AskAsync(new DockerCommand(["buildx", "version"], workingDirectory) { PluginPath = path }, cancellation)
                .ConfigureAwait(false);
            return answer.ExitCode == 0 && answer.Output == answered ? path : "";
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // It cannot be started alone, as a link to nowhere.
            return "";
        }
    }

    /// <summary>Where Docker's command line looks for the plugin, in its order.</summary>
    public static IEnumerable<string> PathsOf(string programPath, BuildEnvironment environment) =>
        PathsOf(programPath, environment, HostSystems.Current);

    /// <summary>The same for any system.</summary>
    internal static IEnumerable<string> PathsOf(string programPath, BuildEnvironment environment, HostSystem system)
    {
        var (rules, config) = (PathRules.Of(system), DockerConfigFile.FolderFor(environment));
        var ends = programPath.LastIndexOfAny(system == HostSystem.Windows ? ['/', '\\'] : ['/']);
        string[] folders =
        [
            .. DockerConfigFile.Load(environment).PluginFolders,
            rules.Join(config, "cli-plugins"), .. DockerFolders.Plugins(name => environment.GetValueOrDefault(name, ""), system),
            rules.Join(programPath[..Math.Max(0, ends)], "cli-plugins"),
        ];
        // Whatever lies in the working directory, or below the root of the current drive, is nobody's plugin.
        return folders.Where(rules.IsFullyQualified).Select(folder => rules.Join(folder, DockerFolders.PluginName("buildx", system)));
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
