using System.Diagnostics;
using BuildKit.Core.Caches;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Drivers;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Staging;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>Turns what BuildKit said of a build, alone or in a bake, into its result, its record and diagnostics.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Where diagnostics and the report go.</param>
public sealed class BuildCompletion(BuildEnvironment environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>What the build shows, checks and reports.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>Whether the image was loaded into the engine after its build.</summary>
    public bool LoadsAfterwards { get; init; }

    // In CI the reader is at another machine than the file.
    private string OnRunner => CiSystems.AreBuilding(environment) ? " on the runner" : "";

    /// <summary>Ends a build that was not cancelled.</summary>
    /// <param name="session">The build.</param>
    /// <param name="run">How buildx ended, with the steps of this build.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="cancellation">Ends the questions to registries.</param>
    /// <returns>Null when the build failed, with diagnostics.</returns>
    public async Task<BuiltImage?> CompleteAsync(BuildSession session, BuildxResult run, TimeSpan elapsed, CancellationToken cancellation)
    {
        var request = session.Plan.Request;
        var redactor = SecretValues.Of(request, environment);
        var redacted = new RedactingSink(sink, redactor);
        var accepted = Warn(request, session.Source, run.Graph, session.Caches, redacted);
        var reading = Stopwatch.StartNew();
        var image = run.ExitCode == 0 && accepted
            ? await FinishAsync(session, run.Graph, elapsed, redactor, redacted, cancellation).ConfigureAwait(false)
            : null;
        var times = BuildTimes.EndingNow(run.Graph, elapsed, reading.Elapsed) with { Loads = LoadsAfterwards };
        image = image is null ? null : image with { Seconds = times.Total.TotalSeconds };
        BuildReport? report = null;
        var options = Options with
        {
            Reported = left =>
            {
                report = left;
                Options.Reported?.Invoke(left);
            },
        };
        var page = accepted ? new BuildReporter(redacted, redactor, options).Write(ReportSubject.Of(request), run.Graph, image, times) : "";
        if (run.ExitCode != 0)
        {
            await FailAsync(session, run, page, redactor, redacted, cancellation).ConfigureAwait(false);
        }

        if (image is null)
        {
            return null;
        }

        image = image with
        {
            Page = page,
            IsPageOnRunner = OnRunner.Length > 0,
            Pushed = request.Pushes,
            Loaded = request.Loads,
            FromDockerfile = session.Source.OfUser(request) is not null,
            Reason = redactor.Redact(BuildReason.Of(session.Plan, report?.Changes)),
        };
        return Options.Details ? image with { Details = BuildDetails.Of(session, image, report, redactor) } : image;
    }

    /// <returns>False when a warning is an error by its code: then nothing is recorded, or the next build would pass.</returns>
    private bool Warn(BuildRequest request, BuildSource source, BuildGraph graph, CacheSession caches, RedactingSink redacted)
    {
        // A Dockerfile of our own making is not the user's to correct. With errors, BuildKit checked before the build.
        var lint = source.OfUser(request) is { } dockerfile && Options.Lint?.Settings.Level is not (LintLevel.Off or LintLevel.Error)
            ? LintWarnings.Of(graph, dockerfile).Select(found => source.Fragment?.Place(found) ?? found).Where(found => found.Location is not null)
                .ToList() : [];
        foreach (var diagnostic in lint.Concat(caches.Failures(graph)))
        {
            redacted.Report(diagnostic);
        }

        return !lint.Any(redacted.Fails);
    }

    private async Task FailAsync(
        BuildSession session, BuildxResult failure, string page, SecretRedactor redactor, RedactingSink redacted, CancellationToken cancellation)
    {
        var (request, source, builder) = (session.Plan.Request, session.Source, session.Builder);
        var context = new FailureContext(
            source.OfUser(request),
            request.Context.Length == 0 ? null : request.Context + (request.ContextReason.Length > 0 ? $" ({request.ContextReason})" : ""),
            [.. request.Tags.Select(tag => tag.ToString())],
            builder.Endpoint,
            builder.BuildxVersion)
        {
            Builder = builder.DisplayName,
            Driver = builder.Driver.NameOf(),
        };
        if (EngineErrorClassifier.RefusingRegistry(failure, context) is { } registry)
        {
            var login = new RegistryLogin(environment, request.Pushes ? request.Tags : []);
            var shown = await login.OfAsync(registry, cancellation).ConfigureAwait(false);
            context = context with
            {
                Login = shown.Text,
                HelperFault = shown.HelperFault,
                RetryAdvice = await registries.RetryAdviceAsync(registry, cancellation).ConfigureAwait(false)
            };
        }

        var diagnostics = EngineErrorClassifier.Classify(failure, FailureFacts.With(context, request))
            .Select(found => source.Fragment?.Place(found) ?? found)
            .Select(found => found.Location is null ? found with { Location = new SourceLocation(request.ProjectFile) } : found)
            .Select(found => CiLog.Of(environment) is { } ci ? found with { Message = ci.Harmless(found.Message) } : found)
            .ToList();
        // MSBuild's terminal logger shows no message, so the error names the page. A CI log does, and makes an annotation of each line of an error.
        var inError = page.Length > 0 && Options.StepLevel != MessageLevel.Important;
        diagnostics.ForEach(found => redacted.Report(inError ? found with { Message = $"{found.Message}\n  Timeline: {page}" } : found));
        if (page.Length > 0 && !inError)
        {
            redacted.Message(MessageLevel.Important, $"  Timeline of {request.Name}{OnRunner}: {page}");
        }

        new CiSummary(environment, sink).Failed(request.Name, [.. diagnostics.Select(redactor.Redact)], request.IntermediateFolder);
    }

    private async Task<BuiltImage?> FinishAsync(
        BuildSession session, BuildGraph graph, TimeSpan elapsed, SecretRedactor redactor, RedactingSink redacted, CancellationToken cancellation)
    {
        var (request, fingerprint) = (session.Plan.Request, session.Plan.Fingerprint);
        var metadata = BuildMetadata.Read(session.MetadataFile);
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
            CacheWritten = [.. CacheFailures.Written(graph, request.CacheTo).Select(cache => cache.Display)],
            ContextBytes = graph.ContextBytes,
        };
        if (!request.Pushes && !request.Loads
            && request.Outputs.FirstOrDefault(output => output.IsArchive || output.Kind == OutputKind.OciFolder) is { } stored)
        {
            image = ArchivedImage.Complete(request, image, stored);
        }

        OutputFiles.Complete(request.Outputs);
        image = image with
        { Files = [.. request.Outputs.Where(output => output.Path.Length > 0).Select(output => DestinationCheck.FileState(output.Path))] };
        var recordFile = request.FileOf(".record.json");
        var previous = BuildRecord.Read(recordFile)?.Image;
        image = await new BuiltImageReader(environment, registries, redacted).CompleteAsync(request, image, previous, cancellation)
            .ConfigureAwait(false);
        image = image.Platforms.Count > 0
            ? image
            : image with { Platforms = Platform.OfConfig(image.ConfigJson) is { } platform ? [platform.ToString()] : [] };
        // The history in an image's configuration has the values of build arguments.
        image = image with { ConfigJson = redactor.Redact(image.ConfigJson) };
        await new RuntimeTags(registries).PushAsync(request, image, cancellation).ConfigureAwait(false);
        var record = new BuildRecord(fingerprint, image) { Caches = session.Plan.Caches, Inputs = session.Plan.Inputs };
        Remember(request, record, recordFile, redacted);
        return image with
        {
            CacheSummary = await session.Caches.EndAsync(fingerprint, graph, image, Options.StepLevel, redacted, cancellation)
                .ConfigureAwait(false)
        };
    }

    // The image is where it should be: that the next build has to find out so by itself is no reason to fail this one.
    private static void Remember(BuildRequest request, BuildRecord record, string file, RedactingSink redacted)
    {
        try
        {
            ResultFiles.Write(request, record.Image);
            record.Write(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            redacted.Report(MachineDiagnostics.NotRemembered.With(request.Name, failure.Message.TrimEnd('.')));
        }
    }
}
