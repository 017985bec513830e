using System.Diagnostics;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>Runs <c>docker buildx build</c> and turns what it says into a result and diagnostics.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Where progress and diagnostics go.</param>
public sealed class BuildxBuild(IDockerCli cli, IReadOnlyDictionary<string, string> environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>Level of the line that each finished step gets; CI logs want it shown by default.</summary>
    public MessageLevel StepLevel { get; init; } = MessageLevel.Normal;

    /// <summary>Checks of the Dockerfile; null leaves them out.</summary>
    public DockerfileLint? Lint { get; init; }

    /// <summary>Whether the page of the timeline is written; one that failed in a step has one in any case.</summary>
    public bool Report { get; init; }

    /// <summary>Told the report, of a failed build too.</summary>
    public Action<BuildReport>? Reported { get; init; }

    /// <summary>Builds the image and records the result.</summary>
    /// <returns>Null when the build failed, with diagnostics, or was cancelled, without.</returns>
    public async Task<BuiltImage?> RunAsync(PlannedBuild plan, Builder builder, ProcessCancellation cancellation)
    {
        var request = plan.Request;
        var redacted = new RedactingSink(sink, SecretValues.Of(request, environment));
        using var session = await new BuildPreparation(cli, environment, registries, redacted) { Lint = Lint }.PrepareAsync(plan, builder, cancellation).ConfigureAwait(false);
        if (session is null)
        {
            return null;
        }

        TemporaryFolder.Sweep();
        using var login = TemporaryDockerConfig.Create(environment, request.Pushes ? request.Tags : []);
        var clock = Stopwatch.StartNew();
        try
        {
            Task<BuildxResult> Run(BuildRequest what, string metadataFile) =>
                RunOnceAsync(BuildxCommandLine.Of(what, session.Source, builder, metadataFile), request, builder, login, redacted, cancellation);
            var engine = new EngineLoad(environment);
            var run = await engine.MayBeThereAsync(request, builder, cancellation.Graceful).ConfigureAwait(false)
                ? await RunAndLoadAsync(engine, session, Run, redacted, cancellation.Graceful).ConfigureAwait(false)
                : await Run(session.Request, session.MetadataFile).ConfigureAwait(false);
            return cancellation.Graceful.IsCancellationRequested ? null
                : await new BuildCompletion(environment, registries, sink) { StepLevel = StepLevel, Lint = Lint, Report = Report, Reported = Reported }
                    .CompleteAsync(session, run, clock.Elapsed, cancellation.Graceful).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<BuildxResult> RunAndLoadAsync(
        EngineLoad engine, BuildSession session, Func<BuildRequest, string, Task<BuildxResult>> run, IDiagnosticSink redacted, CancellationToken cancellation)
    {
        var built = await run(EngineLoad.WithoutLoading(session.Request), session.MetadataFile).ConfigureAwait(false);
        if (built.ExitCode != 0 || cancellation.IsCancellationRequested)
        {
            return built;
        }

        var result = BuildMetadata.Read(session.MetadataFile);
        if (result is not null && await engine.IsThereAsync(session.Request, result, cancellation).ConfigureAwait(false))
        {
            redacted.Message(MessageLevel.Normal, $"The engine has this image of {session.Request.Name} already; it is not loaded again.");
            return built;
        }

        var told = session.FileOf(".load.metadata.json");
        var loaded = await run(EngineLoad.OnlyLoading(session.Request, result), told).ConfigureAwait(false);
        // The steps are told once, as they were when they ran.
        return loaded.ExitCode == 0 ? built : loaded;
    }

    private async Task<BuildxResult> RunOnceAsync(
        IReadOnlyList<string> arguments, BuildRequest request, Builder builder, TemporaryDockerConfig? login, IDiagnosticSink redacted, ProcessCancellation cancellation)
    {
        var graph = new BuildGraph();
        var errorLines = new List<string>();
        var lines = new StepLines(redacted, StepLevel, request.Name, CiLog.Of(environment));
        graph.StepFinished += lines.Finished;
        graph.OutputLine += lines.Output;
        redacted.Message(MessageLevel.Detail, "docker " + string.Join(' ', arguments));
        var command = new DockerCommand(arguments, Path.GetDirectoryName(request.ProjectFile)!)
        {
            PluginPath = builder.BuildxPath,
            Environment = new Dictionary<string, string?>(login?.Variables ?? new Dictionary<string, string?>()) { ["BUILDX_METADATA_PROVENANCE"] = "disabled" },
        };
        var exitCode = await cli.RunAsync(command, _ => { }, line => Read(line, graph, errorLines), cancellation).ConfigureAwait(false);
        return new BuildxResult(exitCode, errorLines, graph);
    }

    private static void Read(string line, BuildGraph graph, List<string> errorLines)
    {
        if (ProgressReader.TryRead(line) is { } update)
        {
            graph.Apply(update);
        }
        else
        {
            errorLines.Add(line);
        }
    }
}
