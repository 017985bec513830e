using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Runs <c>docker buildx bake</c>, and leaves for each image how it ended. A failing target cancels the others, and then
/// nothing is told of those that were done; they are baked again without it, which costs little.
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Where progress goes.</param>
public sealed class BakeRun(IDockerCli cli, IReadOnlyDictionary<string, string> environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>Level of the line that each finished step gets.</summary>
    public MessageLevel StepLevel { get; init; } = MessageLevel.Normal;

    /// <summary>Whether the others are built when one fails.</summary>
    public bool Continue { get; init; } = true;

    /// <summary>Name of the bake, for the log.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the page of the timeline of all images is written.</summary>
    public bool Report { get; init; }

    /// <summary>Full path of the definition, which has all entries.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Full path of the definition when the bake is over: the page of the timeline stands beside it.</summary>
    public required string LeftFile { get; init; }

    /// <summary>Full path of the folder to run in.</summary>
    public required string Folder { get; init; }

    /// <summary>Bakes all entries, those of one builder at once.</summary>
    /// <param name="entries">The images.</param>
    /// <param name="definition">Their definition.</param>
    /// <param name="failedBefore">References of images that failed in an earlier bake of the same build.</param>
    /// <param name="cancellation">How to end it early; then nothing is left.</param>
    /// <returns>References of the images that are not there.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<BakeEntry> entries, BakeDefinition definition, IReadOnlyList<string> failedBefore, ProcessCancellation cancellation)
    {
        var redactor = new SecretRedactorOfBake(environment).Of(entries);
        var failed = failedBefore.ToList();
        var graph = new BuildGraph();
        var lines = new StepLines(new RedactingSink(sink, redactor), StepLevel, Name, CiLog.Of(environment));
        graph.StepFinished += lines.Finished;
        graph.OutputLine += lines.Output;
        entries.ToList().ForEach(BakeOutcome.Clear);
        var refused = await new BakePreflight(registries).CheckAsync(entries, cancellation.Graceful).ConfigureAwait(false);
        foreach (var (entry, refusal) in refused)
        {
            new BakeOutcome(1, [], "", Reached: false) { Refusal = refusal }.Write(entry, []);
            failed.AddRange(entry.Image.References);
        }

        foreach (var group in entries.Where(entry => !refused.ContainsKey(entry)).GroupBy(entry => entry.Builder.Name))
        {
            if (!Continue && failed.Count > 0)
            {
                failed.AddRange(GiveUp(group));
                continue;
            }

            // Each run has a stream of its own: BuildKit names the same steps otherwise in the next.
            var (remaining, later) = (WithoutBlocked(group, failed), new List<BakeEntry>());
            for (var splitter = new ProgressSplitter(redactor);
                remaining.Count > 0 && await RunOnceAsync(remaining, definition, graph, splitter, redactor, cancellation).ConfigureAwait(false) is { } errors;
                splitter = new ProgressSplitter(redactor))
            {
                if (errors.Count == 0)
                {
                    remaining.ForEach(entry => new BakeOutcome(0, [], "", true).Write(entry, splitter.LinesOf(entry.Target)));
                    (remaining, later) = (WithoutBlocked(later, failed), []);
                    continue;
                }

                // Without a name in the error it is everybody's; told once.
                var named = EngineErrorText.Parse(errors).Target;
                var culprit = remaining.Find(entry => entry.Target == named) ?? remaining[0];
                remaining.Remove(culprit);
                if (named is not null && definition.ClosureOf(culprit).Any(remaining.Contains))
                {
                    // The steps of the images that it builds on are its steps too: they show by themselves which one it was.
                    later.Add(culprit);
                    continue;
                }

                new BakeOutcome(1, [.. errors.Select(redactor.Redact)], "", true).Write(culprit, splitter.LinesOf(culprit.Target));
                failed.AddRange(culprit.Image.References);
                remaining = WithoutBlocked(remaining, failed);
                if (remaining.Count == 0)
                {
                    (remaining, later) = (WithoutBlocked(later, failed), []);
                }

                if (!Continue || (named is null && remaining.Count > 0))
                {
                    failed.AddRange(GiveUp([.. remaining, .. later]));
                    break;
                }
            }
        }

        var missing = failed.Except(failedBefore).ToList();
        WriteReport(entries, graph, redactor, missing.Count == 0);
        return missing;
    }

    // Beside the definition: steps that several images share belong to none of them alone.
    private void WriteReport(IReadOnlyList<BakeEntry> entries, BuildGraph graph, SecretRedactor redactor, bool succeeded)
    {
        var whole = new BuildRequest
        {
            Name = Path.GetFileNameWithoutExtension(LeftFile),
            ProjectFile = "",
            IntermediateFolder = Path.GetDirectoryName(LeftFile)!,
        };
        var image = BuildReporter.Summary(Name, [.. entries.SelectMany(entry => entry.Image.References)], graph, graph.Elapsed);
        if (graph.Steps.Count > 0 && new BuildReporter(sink, redactor, Report).Write(whole, graph, succeeded ? image : null, graph.Elapsed) is { Length: > 0 } page)
        {
            sink.Message(MessageLevel.Important, $"  Timeline of {Name}: {page}");
        }
    }

    private static List<string> GiveUp(IEnumerable<BakeEntry> entries)
    {
        var all = entries.ToList();
        all.ForEach(entry => new BakeOutcome(1, [], "", Reached: false).Write(entry, []));
        return [.. all.SelectMany(entry => entry.Image.References)];
    }

    private static List<BakeEntry> WithoutBlocked(IEnumerable<BakeEntry> entries, List<string> failed)
    {
        var remaining = entries.ToList();
        while (remaining.Find(entry => entry.Image.Bases.Any(used => failed.Contains(used.Reference))) is { } blocked)
        {
            new BakeOutcome(1, [], blocked.Image.Bases.First(used => failed.Contains(used.Reference)).Reference, Reached: false).Write(blocked, []);
            failed.AddRange(blocked.Image.References);
            remaining.Remove(blocked);
        }

        return remaining;
    }

    /// <returns>The error's lines, none when all went well; null when it was cancelled.</returns>
    private async Task<IReadOnlyList<string>?> RunOnceAsync(
        List<BakeEntry> entries, BakeDefinition definition, BuildGraph graph, ProgressSplitter splitter, SecretRedactor redactor, ProcessCancellation cancellation)
    {
        var builder = entries[0].Builder;
        var redacted = new RedactingSink(sink, redactor);
        var metadataFile = Path.ChangeExtension(DefinitionFile, ".metadata.json");
        File.Delete(metadataFile);
        TemporaryFolder.Sweep();
        using var login = TemporaryDockerConfig.Create(
            environment, entries.Where(entry => entry.Pushes).SelectMany(entry => entry.Image.References).Select(ImageReference.TryParse).OfType<ImageReference>());
        string[] targets = [.. entries.Select(entry => entry.Target)];
        List<string> arguments = ["buildx", "bake", "--progress=rawjson", "--metadata-file", metadataFile, "--file", DefinitionFile];
        arguments.AddRange(builder.Name.Length > 0 ? ["--builder", builder.Name] : []);
        arguments.AddRange(BakeDefinition.EntitlementsOf(entries).Select(entitlement => "--allow=" + entitlement));
        arguments.AddRange(targets);
        redacted.Message(MessageLevel.Detail, "docker " + string.Join(' ', arguments));
        var errors = new List<string>();
        var command = new DockerCommand(arguments, Folder)
        {
            PluginPath = builder.BuildxPath,
            Environment = new Dictionary<string, string?>(login?.Variables ?? new Dictionary<string, string?>())
            {
                ["BUILDX_METADATA_PROVENANCE"] = "disabled",
                // The projects say which folders are read; "build" asks nobody either.
                ["BUILDX_BAKE_ENTITLEMENTS_FS"] = "0",
            },
        };
        string[] reported = [.. entries.SelectMany(definition.ClosureOf).Concat(entries).Select(entry => entry.Target).Distinct()];
        void Read(string line)
        {
            splitter.Add(line, reported);
            if (ProgressReader.TryRead(line) is { } update)
            {
                graph.Apply(update);
            }
            else
            {
                errors.Add(line);
            }
        }

        try
        {
            var exitCode = await cli.RunAsync(command, _ => { }, Read, cancellation).ConfigureAwait(false);
            if (cancellation.Graceful.IsCancellationRequested)
            {
                return null;
            }

            if (exitCode != 0)
            {
                return errors.Count > 0 ? errors : [$"ERROR: buildx ended with exit code {exitCode}"];
            }

            Distribute(metadataFile, entries);
            return [];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // Each image finds its part where the metadata of a build of its own would be.
    private static void Distribute(string metadataFile, List<BakeEntry> entries)
    {
        using var document = JsonElementExtensions.TryParse(File.ReadAllBytes(metadataFile));
        foreach (var entry in entries)
        {
            if (document?.RootElement.Member(entry.Target) is { ValueKind: System.Text.Json.JsonValueKind.Object } part)
            {
                File.WriteAllText(entry.FileOf(".metadata.json"), part.GetRawText());
            }
        }
    }
}
