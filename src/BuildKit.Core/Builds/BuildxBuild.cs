using System.Diagnostics;
using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
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

    /// <summary>Checks of the Dockerfile; null leaves them out.</summary>
    public DockerfileLint? Lint { get; init; }

    /// <summary>Whether the page of the timeline is written; a failed build has one in any case.</summary>
    public bool Report { get; init; }

    /// <summary>Builds the image and records the result.</summary>
    /// <returns>Null when the build failed, with diagnostics, or was cancelled, without.</returns>
    public async Task<BuiltImage?> RunAsync(PlannedBuild plan, Builder builder, ProcessCancellation cancellation)
    {
        var request = plan.Request;
        var redactor = SecretValues.Of(request, environment);
        var redacted = new RedactingSink(sink, redactor);
        BuilderAbilities.Check(request, builder);
        if (!await PassesLintAsync(request, builder, redacted, cancellation).ConfigureAwait(false))
        {
            return null;
        }
        using var caches = new CacheSession(request, environment, redacted);
        TemporaryFolder.Sweep();
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
        var lines = new StepLines(redacted, StepLevel, request.Name, CiLog.Of(environment));
        graph.StepFinished += lines.Finished;
        graph.OutputLine += lines.Output;
        var arguments = BuildxCommandLine.Of(caches.Request, source, builder, metadataFile);
        redacted.Message(MessageLevel.Detail, "docker " + string.Join(' ', arguments));
        var reporter = new BuildReporter(redacted, redactor, Report);
        var clock = Stopwatch.StartNew();
        try
        {
            var command = new DockerCommand(arguments, Path.GetDirectoryName(request.ProjectFile)!)
            {
                PluginPath = builder.BuildxPath,
                Environment = new Dictionary<string, string?>(login?.Variables ?? new Dictionary<string, string?>()) { ["BUILDX_METADATA_PROVENANCE"] = "disabled" },
            };
            var exitCode = await cli.RunAsync(command, _ => { }, line => Read(line, graph, errorLines), cancellation).ConfigureAwait(false);
            if (cancellation.Graceful.IsCancellationRequested)
            {
                return null;
            }

            var accepted = Warn(request, source, graph, caches, redacted);
            if (exitCode != 0)
            {
                Fail(request, source, builder, new Diagnostics.EngineFailure(exitCode, errorLines, graph), redactor, redacted);
            }

            var image = exitCode == 0 && accepted
                ? await FinishAsync(plan, graph, caches, clock.Elapsed, redactor, redacted, cancellation.Graceful).ConfigureAwait(false)
                : null;
            if (accepted)
            {
                reporter.Write(request, graph, image, clock.Elapsed);
            }

            return image;
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

    // Refused before the build: an image that must not be is better not pushed.
    private async Task<bool> PassesLintAsync(BuildRequest request, Builder builder, RedactingSink sink, ProcessCancellation cancellation)
    {
        if (Lint is null || request.Dockerfile.Length == 0)
        {
            return true;
        }

        var found = Lint.Own(request);
        if (Lint.Settings.Level == LintLevel.Error)
        {
            found = [.. found, .. await Lint.OfBuildKitAsync(request, builder, cli, cancellation).ConfigureAwait(false)];
        }

        found.ToList().ForEach(sink.Report);
        return !found.Any(sink.Fails);
    }

    /// <returns>False when a warning is an error by its code: then nothing is recorded, or the next build would pass.</returns>
    private bool Warn(BuildRequest request, BuildSource source, BuildGraph graph, CacheSession caches, RedactingSink sink)
    {
        // A Dockerfile of our own making is not the user's to correct. With errors, BuildKit checked before the build.
        var lint = source.OfUser(request) is { } dockerfile && Lint?.Settings.Level is not (LintLevel.Off or LintLevel.Error)
            ? LintWarnings.Of(graph, dockerfile).Select(found => source.Fragment?.Place(found) ?? found).Where(found => found.Location is not null).ToList() : [];
        foreach (var diagnostic in lint.Concat(caches.Failures(graph)))
        {
            sink.Report(diagnostic);
        }

        return !lint.Any(sink.Fails);
    }

    private void Fail(BuildRequest request, BuildSource source, Builder builder, Diagnostics.EngineFailure failure, SecretRedactor redactor, RedactingSink redacted)
    {
        var context = new FailureContext(
            source.OfUser(request),
            request.Context.Length > 0 ? request.Context : null,
            [.. request.Tags.Select(tag => tag.ToString())],
            builder.Endpoint,
            builder.BuildxVersion)
        {
            Builder = builder.DisplayName,
            Driver = builder.Driver.NameOf(),
        };
        var diagnostics = EngineErrorClassifier.Classify(failure, context)
            .Select(found => source.Fragment?.Place(found) ?? found)
            .Select(found => found.Location is null ? found with { Location = new SourceLocation(request.ProjectFile) } : found)
            .Select(found => CiLog.Of(environment) is { } ci ? found with { Message = ci.Harmless(found.Message) } : found)
            .ToList();
        diagnostics.ForEach(redacted.Report);
        new CiSummary(environment, sink).Failed(request.Name, [.. diagnostics.Select(redactor.Redact)], request.IntermediateFolder);
    }

    private async Task<BuiltImage?> FinishAsync(
        PlannedBuild plan, BuildGraph graph, CacheSession caches, TimeSpan elapsed, SecretRedactor redactor, RedactingSink redacted, CancellationToken cancellation)
    {
        var request = plan.Request;
        var metadata = BuildMetadata.Read(request.FileOf(".metadata.json"));
        if (metadata is null || (metadata.Digest.Length == 0 && (request.Pushes || request.Loads)))
        {
            redacted.Report(ResultDiagnostics.ResultMissing.At(new SourceLocation(request.ProjectFile), request.Name));
            return null;
        }

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
            SlowestStep = redactor.Redact(SlowestWork.Of(graph)),
            CacheRead = [.. graph.CacheReads.Where(read => read.Error is null).Select(read => read.Reference)],
            CacheWritten = graph.CacheWrites.Any(write => write.Error is null) ? [.. request.CacheTo.Select(cache => cache.Display)] : [],
            ContextBytes = graph.ContextBytes,
        };
        if (!request.Pushes && !request.Loads && request.Outputs.FirstOrDefault(output => output.IsArchive || output.Kind == OutputKind.OciFolder) is { } stored)
        {
            image = ArchivedImage.Complete(request, image, stored);
        }

        OutputFiles.Complete(request.Outputs);
        image = image with { Files = [.. request.Outputs.Where(output => output.Path.Length > 0).Select(output => DestinationCheck.FileState(output.Path))] };
        var recordFile = request.FileOf(".record.json");
        var previous = BuildRecord.Read(recordFile)?.Image;
        image = await new BuiltImageReader(environment, redacted).CompleteAsync(request, image, previous, cancellation).ConfigureAwait(false);
        // The history in an image's configuration has the values of build arguments.
        image = image with { ConfigJson = redactor.Redact(image.ConfigJson) };
        await new PlatformTags(environment).PushAsync(request, image, cancellation).ConfigureAwait(false);
        ResultFiles.Write(request, image);
        new BuildRecord(plan.Fingerprint, image).Write(recordFile);
        return image with { CacheSummary = await caches.EndAsync(plan.Fingerprint, graph, image, StepLevel, cancellation).ConfigureAwait(false) };
    }
}
