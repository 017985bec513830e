using System.Diagnostics;
using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Bakes;

/// <summary>Runs <c>docker buildx bake</c>, and leaves for each image how it ended.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Where progress goes.</param>
public sealed class BakeRun(IDockerCli cli, BuildEnvironment environment, RegistryClients registries, IDiagnosticSink sink)
{
    // The projects say which folders are read; "build" asks nobody either.
    private static readonly Dictionary<string, string?> Variables = new() { ["BUILDX_BAKE_ENTITLEMENTS_FS"] = "0" };

    /// <summary>What the bake shows and reports; Dockerfiles are checked before.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>Whether the others are built when one fails.</summary>
    public bool Continue { get; init; } = true;

    /// <summary>Name of the bake, for the log.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the definition, which has all entries.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Full path of the definition when the bake is over: the page of the timeline stands beside it.</summary>
    public required string LeftFile { get; init; }

    /// <summary>Full path of the folder to run in.</summary>
    public required string Folder { get; init; }

    private string MetadataFile => Path.ChangeExtension(DefinitionFile, ".metadata.json");

    /// <summary>Bakes all entries, those of one builder at once.</summary>
    /// <param name="entries">The images.</param>
    /// <param name="definition">Their definition.</param>
    /// <param name="failedBefore">References of images that failed in an earlier bake of the same build.</param>
    /// <param name="cancellation">How to end it early; then nothing is left.</param>
    /// <returns>References of the images that are not there.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<BakeEntry> entries, BakeDefinition definition, IReadOnlyList<string> failedBefore, ProcessCancellation cancellation)
    {
        var clock = Stopwatch.StartNew();
        var redactor = new SecretRedactorOfBake(environment).Of(entries);
        var redacted = new RedactingSink(sink, redactor);
        var lines = new StepLines(redacted, Options.StepLevel, Name, CiLog.Of(environment));
        var buildx = new BuildxRun(cli, environment, redacted) { Lines = lines, StallLimit = Options.StallLimit, Registries = registries };
        var (outcomes, graph) = (new BakeOutcomes(failedBefore), new BuildGraph());
        var rounds = new BakeRounds(definition, outcomes, redactor)
        {
            Continue = Continue,
            BakeAsync = (some, progress) => BakeAsync(buildx, CallOf(some, definition, graph, progress), some, cancellation),
        };
        entries.ToList().ForEach(BakeOutcome.Clear);
        var accepted = await AcceptedAsync(entries, outcomes, cancellation.Graceful).ConfigureAwait(false);
        foreach (var group in accepted.GroupBy(entry => entry.Builder.Name))
        {
            if (!Continue && outcomes.AnyFailed)
            {
                outcomes.GiveUp(group);
            }
            else
            {
                await rounds.RunAsync(group).ConfigureAwait(false);
            }
        }

        WriteReport(entries, graph, redactor, outcomes.Missing.Count == 0, BuildTimes.EndingNow(graph, clock.Elapsed, TimeSpan.Zero));
        return outcomes.Missing;
    }

    private async Task<IReadOnlyList<BakeEntry>> AcceptedAsync(
        IReadOnlyList<BakeEntry> entries, BakeOutcomes outcomes, CancellationToken cancellation)
    {
        var refused = await new BakePreflight(environment, registries).CheckAsync(entries, cancellation).ConfigureAwait(false);
        foreach (var (entry, refusal) in refused)
        {
            outcomes.Refuse(entry, refusal);
        }

        return [.. entries.Where(entry => !refused.ContainsKey(entry))];
    }

    private BuildxCall CallOf(IReadOnlyList<BakeEntry> entries, BakeDefinition definition, BuildGraph graph, ProgressSplitter progress)
    {
        var builder = entries[0].Builder;
        List<string> arguments = ["buildx", "bake", "--progress=rawjson", "--metadata-file", MetadataFile, "--file", DefinitionFile];
        arguments.AddRange(builder.Name.Length > 0 ? ["--builder", builder.Name] : []);
        arguments.AddRange(BakeDefinition.EntitlementsOf(entries).Select(entitlement => "--allow=" + entitlement));
        arguments.AddRange(entries.Select(entry => entry.Target));
        string[] reported = [.. entries.SelectMany(definition.ClosureOf).Concat(entries).Select(entry => entry.Target).Distinct()];
        return new BuildxCall(arguments, builder, Folder)
        {
            MetadataFile = MetadataFile,
            Pushed = [.. entries.Where(entry => entry.Pushes)
                .SelectMany(entry => entry.Image.References).Select(ImageReference.TryParse).OfType<ImageReference>()],
            CacheRegistries = [.. entries.SelectMany(entry => BakeTargetFile.Read(entry).Texts("cache-to"))
                .Select(cache => CacheReference.Parse(cache).Host).Where(host => host.Length > 0).Distinct()],
            Variables = Variables,
            Graph = graph,
            Observer = line => progress.Add(line, reported),
        };
    }

    /// <returns>The error's lines, none when all went well; null when it was cancelled.</returns>
    private async Task<IReadOnlyList<string>?> BakeAsync(
        BuildxRun buildx, BuildxCall call, IReadOnlyList<BakeEntry> entries, ProcessCancellation cancellation)
    {
        try
        {
            var run = await buildx.RunAsync(call, cancellation).ConfigureAwait(false);
            if (cancellation.Graceful.IsCancellationRequested)
            {
                return null;
            }

            if (run.ExitCode != 0)
            {
                return run.ErrorLines.Count > 0 ? run.ErrorLines : [$"ERROR: buildx ended with exit code {run.ExitCode}"];
            }

            Distribute(entries);
            return [];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // Each image finds its part where the metadata of a build of its own would be.
    private void Distribute(IReadOnlyList<BakeEntry> entries)
    {
        using var document = JsonElementExtensions.TryParse(File.ReadAllBytes(MetadataFile));
        foreach (var entry in entries)
        {
            if (document?.RootElement.Member(entry.Target) is { ValueKind: System.Text.Json.JsonValueKind.Object } part)
            {
                File.WriteAllText(entry.FileOf(".metadata.json"), part.GetRawText());
            }
        }
    }

    // Beside the definition: steps that several images share belong to none of them alone.
    private void WriteReport(IReadOnlyList<BakeEntry> entries, BuildGraph graph, SecretRedactor redactor, bool succeeded, BuildTimes times)
    {
        if (graph.Steps.Count == 0)
        {
            return;
        }

        var files = new ReportFiles(Path.GetDirectoryName(LeftFile)!, Path.GetFileNameWithoutExtension(LeftFile));
        var image = BuildReporter.Summary(Name, [.. entries.SelectMany(entry => entry.Image.References)], graph, times.Total);
        var subject = new ReportSubject(Path.GetFileNameWithoutExtension(LeftFile), files);
        if (new BuildReporter(sink, redactor, Options).Write(subject, graph, succeeded ? image : null, times) is { Length: > 0 } page)
        {
            sink.Message(MessageLevel.Important, $"  Timeline of {Name}{(CiSystems.AreBuilding(environment) ? " on the runner" : "")}: {page}");
        }
    }
}
