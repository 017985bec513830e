namespace BuildKit.Core.Processes;

/// <summary>What a finished command wrote.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output, lines joined by <c>\n</c>.</param>
/// <param name="Error">Standard error, lines joined by <c>\n</c>.</param>
internal sealed record DockerAnswer(int ExitCode, string Output, string Error);

/// <summary>Short questions to Docker's command line.</summary>
internal static class DockerCliExtensions
{
    /// <summary>Runs a command to its end and returns all it wrote.</summary>
    public static Task<DockerAnswer> AskAsync(
        this IDockerCli cli, string workingDirectory, CancellationToken cancellation, params string[] arguments) =>
        cli.AskAsync(new DockerCommand(arguments, workingDirectory), cancellation);

    /// <summary>Runs a command to its end and returns all it wrote.</summary>
    public static async Task<DockerAnswer> AskAsync(this IDockerCli cli, DockerCommand command, CancellationToken cancellation)
    {
        var output = new List<string>();
        var error = new List<string>();
        var exitCode = await cli.RunAsync(
            command, output.Add, error.Add,
            new ProcessCancellation(cancellation, cancellation)).ConfigureAwait(false);
        return new DockerAnswer(exitCode, string.Join('\n', output), string.Join('\n', error));
    }
}
