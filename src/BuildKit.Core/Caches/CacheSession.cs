using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Caches;

/// <summary>The caches of one build, from its beginning to what is learned of it for the next.</summary>
/// <param name="request">The build.</param>
/// <param name="registries">The registries.</param>
public sealed class CacheSession(BuildRequest request, RegistryClients registries) : IDisposable
{
    private readonly LocalCacheRotation rotation = new(request.CacheTo, request.Name);

    /// <summary>The build as BuildKit is to run it.</summary>
    public BuildRequest Request => request with { CacheTo = rotation.Caches };

    /// <summary>What could not be read or written.</summary>
    public IEnumerable<Diagnostic> Failures(BuildGraph graph) => CacheFailures.Diagnose(graph, request.CacheTo);

    /// <summary>Puts local caches in place, finds out what the caches did, and keeps what the next build can use.</summary>
    /// <param name="fingerprint">Fingerprint of the inputs.</param>
    /// <param name="graph">The build.</param>
    /// <param name="image">Its result.</param>
    /// <param name="level">Level of the summary; at <see cref="MessageLevel.Important"/> it says of each reference what it held.</param>
    /// <param name="sink">Gets diagnostics.</param>
    /// <param name="cancellation">Ends the questions to the registry.</param>
    /// <returns>What to say of them in the image's summary; empty without caches.</returns>
    public async Task<string> EndAsync(string fingerprint, BuildGraph graph, BuiltImage image, MessageLevel level, IDiagnosticSink sink,
        CancellationToken cancellation)
    {
        if (request.CacheFrom.Count + request.CacheTo.Count == 0)
        {
            return "";
        }

        if (graph.CacheWrites.All(write => write.Error is null))
        {
            rotation.Swap().ToList().ForEach(sink.Report);
        }

        var report = new CacheReport(registries);
        var failed = FailedWrites(graph);
        var written = await report.WrittenAsync(request.CacheTo.Where(cache => !failed.ContainsKey(cache.Reference)), cancellation)
            .ConfigureAwait(false);
        var read = graph.CacheReads.Where(transfer => transfer.Error is null).Select(transfer => transfer.Reference).ToList();
        var held = level == MessageLevel.Important && graph.StepsCached > 0
            ? await report.HeldAsync(read, image, cancellation).ConfigureAwait(false) : [];

        var path = request.FileOf(".caches");
        var last = CacheRecord.Read(path);
        var attempted = request.CacheTo.Select(cache => cache.Reference).ToHashSet();
        var record = new CacheRecord
        {
            Fingerprint = fingerprint,
            AllCached = graph.StepsRun == 0,
            Lasting = written.Count > 0 && request.PublishOutput is { } output ? LastingLayers.KeyOf(output) : last.Lasting,
            BuildsWithoutMatch = WithoutMatch(graph, read) ? last.BuildsWithoutMatch + 1 : 0,
            Digests = last.Digests.Where(pair => !attempted.Contains(pair.Key))
                .Concat(written.Select(cache => new KeyValuePair<string, string>(cache.Reference, cache.Digest))).ToDictionary(),
            Failures = last.Failures.Where(pair => !attempted.Contains(pair.Key))
                .Concat(failed.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Reason!))).ToDictionary(),
            Refusals = last.Refusals.Where(pair => !attempted.Contains(pair.Key))
                .Concat(failed.Where(pair => CacheFailures.IsFinal(pair.Value.Error!))
                    .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Error!))).ToDictionary(),
        };
        record.Write(path);
        if (record.NeverMatches)
        {
            sink.Report(CacheDiagnostics.NothingMatched.At(
                new SourceLocation(request.ProjectFile), record.BuildsWithoutMatch, request.Name, string.Join(", ", read)));
        }

        return CacheReport.Row(read, held, image.CacheWritten, written);
    }

    /// <inheritdoc/>
    public void Dispose() => rotation.Clear();

    // Published files are expected to be new; one step alone says nothing.
    private bool WithoutMatch(BuildGraph graph, List<string> read) =>
        request.PublishOutput is null && !request.NoCache && read.Count > 0 && graph.StepsCached == 0 && graph.StepsRun > 1;

    // BuildKit does not say which of several writes failed; only when all did is it known.
    private Dictionary<string, CacheTransfer> FailedWrites(BuildGraph graph)
    {
        var writes = graph.CacheWrites.Where(write => write.Reference == "registry").ToList();
        return writes.Count == 0 || writes.Exists(write => write.Error is null) ? []
            : request.CacheTo.Where(cache => cache.Type == "registry").Select(cache => cache.Reference).Distinct()
                .ToDictionary(reference => reference, _ => writes[0]);
    }
}
