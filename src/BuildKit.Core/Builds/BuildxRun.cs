using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Builds;

/// <summary>
/// Runs buildx: for a build, for the rounds of a bake and for a check alike. Makes the command and its variables, lends a login
/// for the time of the run, and reads the progress stream.
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Gets the command as a detail; secrets are taken out before.</param>
public sealed class BuildxRun(IDockerCli cli, BuildEnvironment environment, IDiagnosticSink sink)
{
    /// <summary>How long a run may wait for others without progress; zero for no limit.</summary>
    public required TimeSpan StallLimit { get; init; }

    /// <summary>The registries, which are asked when a run stands still.</summary>
    public required RegistryClients Registries { get; init; }

    /// <summary>Shows the steps while they run; null shows none.</summary>
    internal StepLines? Lines { get; init; }

    /// <summary>The time, for what is shown while a step runs.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs buildx to its end.</summary>
    /// <returns>How it ended. After a cancellation that buildx obeyed, the exit code says nothing.</returns>
    internal async Task<BuildxResult> RunAsync(BuildxCall call, ProcessCancellation cancellation)
    {
        // Buildx writes it at the end of a good run only, and one of an earlier run must not pass for this one's.
        if (call.MetadataFile.Length > 0)
        {
            File.Delete(call.MetadataFile);
        }

        TemporaryFolder.Sweep();
        using var login = TemporaryDockerConfig.Create(environment, call.Pushed);
        sink.Message(MessageLevel.Detail, "docker " + string.Join(' ', call.Arguments));
        var command = new DockerCommand(call.Arguments, call.Folder) { PluginPath = call.Builder.BuildxPath, Environment = VariablesOf(call, login) };
        var (output, errors) = (new List<string>(), new List<string>());
        Listen(call.Graph, isOn: true);
        using var signs = Lines is null ? null : new SignsOfLife(Lines, call.Graph, Clock);
        var watch = new StallWatch(StallLimit, new StallLook(call, environment, Registries), sink, cancellation, Clock);
        try
        {
            var exitCode = await cli.RunAsync(command, output.Add, line => Read(call, line, errors, watch), watch.Cancellation).ConfigureAwait(false);
            return Ended(watch, call) ?? new BuildxResult(exitCode, errors, call.Graph) { Output = string.Join('\n', output) };
        }
        catch (OperationCanceledException) when (Ended(watch, call) is not null)
        {
            return Ended(watch, call)!;
        }
        finally
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            Listen(call.Graph, isOn: false);
        }
    }

    // What buildx says of its own end does not count then.
    private static BuildxResult? Ended(StallWatch watch, BuildxCall call) =>
        watch.Ended is { } why ? new BuildxResult(1, [why], call.Graph) : null;

    // Provenance would make the metadata large, and nothing reads it.
    private static Dictionary<string, string?> VariablesOf(BuildxCall call, TemporaryDockerConfig? login) =>
        new((login?.Variables ?? new Dictionary<string, string?>()).Concat(call.Variables)) { ["BUILDX_METADATA_PROVENANCE"] = "disabled" };

    private static void Read(BuildxCall call, string line, List<string> errors, StallWatch watch)
    {
        watch.Heard();
        call.Observer?.Invoke(line);
        if (ProgressReader.TryRead(line) is { } update)
        {
            call.Graph.Apply(update);
        }
        else
        {
            errors.Add(line);
        }
    }

    // The rounds of a bake share a graph, and each step is shown once.
    private void Listen(BuildGraph graph, bool isOn)
    {
        if (Lines is null)
        {
            return;
        }

        graph.StepFinished -= Lines.Finished;
        graph.OutputLine -= Lines.Output;
        if (isOn)
        {
            graph.StepFinished += Lines.Finished;
            graph.OutputLine += Lines.Output;
        }
    }
}
