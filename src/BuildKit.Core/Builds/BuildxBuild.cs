using System.Diagnostics;
using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>Runs <c>docker buildx build</c> and turns what it says into a result and diagnostics.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Where progress and diagnostics go.</param>
public sealed class BuildxBuild(IDockerCli cli, IReadOnlyDictionary<string, string> environment, IDiagnosticSink sink)
{
    /// <summary>Level of the line that each finished step gets; CI logs want it shown by default.</summary>
    public MessageLevel StepLevel { get; init; } = MessageLevel.Normal;

    /// <summary>Builds the image and records the result.</summary>
    /// <returns>Null when the build failed, with diagnostics, or was cancelled, without.</returns>
    public async Task<BuiltImage?> RunAsync(PlannedBuild plan, Builder builder, ProcessCancellation cancellation)
    {
        var request = plan.Request;
        var redacted = new RedactingSink(sink, SecretValues.Of(request.Secrets, environment));
        BuilderAbilities.Check(request, builder);
        using var caches = new CacheSession(request, environment, redacted);
        using var login = TemporaryDockerConfig.Create(environment, request.Pushes ? request.Tags : []);
        Directory.CreateDirectory(request.IntermediateFolder);
        var source = request.PublishOutput is null
            ? BuildSource.Of(request)
            : await PublishSource.MakeAsync(request, builder, environment, cancellation.Graceful).ConfigureAwait(false);
        OutputFiles.Prepare(request.Outputs);
        var metadataFile = request.FileOf(".metadata.json");
        File.Delete(metadataFile);

        var graph = new BuildGraph();
        var errorLines = new List<string>();
        var lines = new StepLines(redacted, StepLevel);
        graph.StepFinished += lines.Finished;
        graph.OutputLine += lines.Output;
        var arguments = BuildxCommandLine.Of(caches.Request, source, builder, metadataFile);
        redacted.Message(MessageLevel.Detail, "docker " + string.Join(' ', arguments));
        var clock = Stopwatch.StartNew();
        try
        {
            var command = new DockerCommand(arguments, Path.GetDirectoryName(request.ProjectFile)!)
            {
                Environment = new Dictionary<string, string?>(login?.Variables ?? new Dictionary<string, string?>()) { ["BUILDX_METADATA_PROVENANCE"] = "disabled" },
            };
            var exitCode = await cli.RunAsync(command, _ => { }, line => Read(line, graph, errorLines), cancellation).ConfigureAwait(false);
            if (cancellation.Graceful.IsCancellationRequested)
            {
                return null;
            }

            Warn(request, graph, caches, redacted);
            return exitCode == 0
                ? await FinishAsync(plan, graph, caches, clock.Elapsed, redacted, cancellation.Graceful).ConfigureAwait(false)
                : Fail(request, builder, new Diagnostics.EngineFailure(exitCode, errorLines, graph), redacted);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            OutputFiles.RemovePartial(request.Outputs);
        }
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

    private static void Warn(BuildRequest request, BuildGraph graph, CacheSession caches, RedactingSink sink)
    {
        // A Dockerfile of our own making is not the user's to correct.
        var lint = request.Dockerfile.Length > 0 ? LintWarnings.Of(graph, request.Dockerfile) : [];
        foreach (var diagnostic in lint.Concat(caches.Failures(graph)))
        {
            sink.Report(diagnostic);
        }
    }

    private static BuiltImage? Fail(BuildRequest request, Builder builder, Diagnostics.EngineFailure failure, RedactingSink sink)
    {
        var context = new FailureContext(
            request.Dockerfile.Length > 0 ? request.Dockerfile : null,
            request.Context.Length > 0 ? request.Context : null,
            [.. request.Tags.Select(tag => tag.ToString())],
            builder.Endpoint,
            builder.BuildxVersion)
        {
            Builder = builder.DisplayName,
            Driver = builder.Driver.NameOf(),
        };
        foreach (var diagnostic in EngineErrorClassifier.Classify(failure, context))
        {
            sink.Report(diagnostic.Location is null ? diagnostic with { Location = new SourceLocation(request.ProjectFile) } : diagnostic);
        }

        return null;
    }

    private async Task<BuiltImage?> FinishAsync(
        PlannedBuild plan, BuildGraph graph, CacheSession caches, TimeSpan elapsed, RedactingSink redacted, CancellationToken cancellation)
    {
        var request = plan.Request;
        var metadata = BuildMetadata.Read(request.FileOf(".metadata.json"));
        if (metadata is null || (metadata.Digest.Length == 0 && (request.Pushes || request.Loads)))
        {
            redacted.Report(ResultDiagnostics.ResultMissing.At(new SourceLocation(request.ProjectFile), request.Name));
            return null;
        }

        OutputFiles.Complete(request.Outputs);
        var slowest = graph.SlowestStep;
        var image = new BuiltImage
        {
            Name = request.Name,
            References = [.. request.Tags.Select(tag => tag.ToString())],
            Digest = metadata.Digest,
            MediaType = metadata.MediaType,
            ConfigDigest = metadata.ConfigDigest,
            Platforms = [.. request.Platforms.Select(platform => platform.ToString())],
            Seconds = elapsed.TotalSeconds,
            StepsCached = graph.StepsCached,
            StepsRun = graph.StepsRun,
            SlowestStep = slowest is null ? "" : $"{slowest.Instruction} {Quantity.Seconds(slowest.Duration.TotalSeconds)}",
            CacheRead = [.. graph.CacheReads.Where(read => read.Error is null).Select(read => read.Reference)],
            CacheWritten = graph.CacheWrites.Any(write => write.Error is null) ? [.. request.CacheTo.Select(cache => cache.Display)] : [],
            ContextBytes = graph.ContextBytes,
            Files = [.. request.Outputs.Where(output => output.Path.Length > 0).Select(output => DestinationCheck.FileState(output.Path))],
        };
        var recordFile = request.FileOf(".record.json");
        var previous = BuildRecord.Read(recordFile)?.Image;
        image = await new BuiltImageReader(environment, redacted).CompleteAsync(request, image, previous, cancellation).ConfigureAwait(false);
        new BuildRecord(plan.Fingerprint, image).Write(recordFile);
        await caches.EndAsync(plan.Fingerprint, graph, image, StepLevel, cancellation).ConfigureAwait(false);
        return image;
    }
}
