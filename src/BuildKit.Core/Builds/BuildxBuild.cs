using System.Diagnostics;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
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
public sealed class BuildxBuild(IDockerCli cli, BuildEnvironment environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>What the build shows, checks and reports.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>Builds the image and records the result.</summary>
    /// <returns>Null when the build failed, with diagnostics, or was cancelled, without.</returns>
    public async Task<BuiltImage?> RunAsync(PlannedBuild plan, Builder builder, ProcessCancellation cancellation)
    {
        var request = plan.Request;
        var redacted = new RedactingSink(sink, SecretValues.Of(request, environment));
        var preparation = new BuildPreparation(cli, environment, registries, redacted) { Lint = Options.Lint, StallLimit = Options.StallLimit };
        using var session = await preparation.PrepareAsync(plan, builder, cancellation).ConfigureAwait(false);
        if (session is null)
        {
            return null;
        }

        var lines = new StepLines(redacted, Options.StepLevel, request.Name, CiLog.Of(environment));
        var buildx = new BuildxRun(cli, environment, redacted) { Lines = lines, StallLimit = Options.StallLimit, Registries = registries };
        Task<BuildxResult> Run(BuildRequest what, string metadataFile) => buildx.RunAsync(CallOf(what, session, metadataFile), cancellation);
        var clock = Stopwatch.StartNew();
        try
        {
            var engine = new EngineLoad(environment);
            var (run, loads) = await engine.MayBeThereAsync(request, builder, cancellation.Graceful).ConfigureAwait(false)
                ? await RunAndLoadAsync(engine, session, Run, redacted, cancellation.Graceful).ConfigureAwait(false)
                : (await Run(session.Request, session.MetadataFile).ConfigureAwait(false), false);
            return cancellation.Graceful.IsCancellationRequested ? null
                : await new BuildCompletion(environment, registries, sink) { Options = Options, LoadsAfterwards = loads }
                    .CompleteAsync(session, run, clock.Elapsed, cancellation.Graceful).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<(BuildxResult Run, bool Loads)> RunAndLoadAsync(
        EngineLoad engine, BuildSession session, Func<BuildRequest, string, Task<BuildxResult>> run, IDiagnosticSink redacted,
        CancellationToken cancellation)
    {
        var built = await run(EngineLoad.WithoutLoading(session.Request), session.MetadataFile).ConfigureAwait(false);
        if (built.ExitCode != 0 || cancellation.IsCancellationRequested)
        {
            return (built, false);
        }

        var result = BuildMetadata.Read(session.MetadataFile);
        if (result is not null && await engine.IsThereAsync(session.Request, result, cancellation).ConfigureAwait(false))
        {
            redacted.Message(MessageLevel.Normal, $"The engine has this image of {session.Request.Name} already; it is not loaded again.");
            return (built, false);
        }

        var metadata = session.FileOf(".load.metadata.json");
        var loaded = await run(EngineLoad.OnlyLoading(session.Request, result), metadata).ConfigureAwait(false);
        // The steps are reported once, as they were when they ran.
        return (loaded.ExitCode == 0 ? built : loaded, true);
    }

    private static BuildxCall CallOf(BuildRequest request, BuildSession session, string metadataFile) => new(
        BuildxCommandLine.Of(request, session.Source, session.Builder, metadataFile), session.Builder, Path.GetDirectoryName(request.ProjectFile)!)
    {
        MetadataFile = metadataFile,
        Pushed = session.Plan.Request.Pushes ? session.Plan.Request.Tags : [],
        CacheRegistries = [.. request.CacheTo.Select(cache => cache.Host).Where(host => host.Length > 0)],
    };
}
