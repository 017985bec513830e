namespace BuildKit.Core.Progress;

/// <summary>The work inside steps that BuildKit reports as statuses: bytes sent, layers exported, pushes.</summary>
internal sealed class TransferLog
{
    private readonly Dictionary<(string Vertex, string Id), StatusEvent> statuses = [];
    private readonly List<(string Vertex, string Id)> order = [];

    internal void Add(StatusEvent status)
    {
        var key = (status.Vertex, status.Id);
        if (!statuses.TryGetValue(key, out var known))
        {
            order.Add(key);
            known = status;
        }

        // Targets of a bake repeat the report of one transfer, each from 0: the largest is the truth.
        statuses[key] = status with
        {
            Current = Math.Max(known.Current, status.Current),
            Started = known.Started ?? status.Started,
            Completed = status.Completed ?? known.Completed,
        };
    }

    internal long ContextBytes(IReadOnlyDictionary<string, BuildStep> steps) =>
        order
            .Where(key => key.Id.StartsWith("transferring ", StringComparison.Ordinal))
            .Where(key => steps.TryGetValue(key.Vertex, out var step) && SendsContext(step))
            .Sum(key => Math.Clamp(statuses[key].Current, 0, long.MaxValue / 1024));

    // A layer that is pulled has its digest for a name; what is exported or unpacked says so before it.
    internal long PulledBytes(BuildStep step) =>
        order.Where(key => key.Vertex == step.Digest && key.Id.StartsWith("sha256:", StringComparison.Ordinal))
            .Sum(key => Math.Clamp(statuses[key].Current, 0, long.MaxValue / 1024));

    internal List<StepPart> PartsOf(BuildStep step) =>
        [.. order
            .Where(key => key.Vertex == step.Digest)
            .Select(key => statuses[key])
            .Where(status => status.Started is not null && status.Completed > status.Started)
            .GroupBy(status => status.Id.StartsWith("sha256:", StringComparison.Ordinal) ? "pulling layers" : WithoutDigest(status.Id).TrimEnd(':'))
            .Select(part => new StepPart(part.Key,
                new StepSpan(part.Min(status => status.Started)!.Value, part.Max(status => status.Completed)!.Value)))];

    internal List<string> OpenPartsOf(BuildStep step) =>
        [.. order
            .Where(key => key.Vertex == step.Digest)
            .Select(key => statuses[key])
            .Where(status => status.Started is not null && status.Completed is null)
            .Select(status => WithoutDigest(status.Id))];

    internal List<ExportPhase> ExportPhases(IReadOnlyDictionary<string, BuildStep> steps) =>
        [.. order
            .Where(key => steps.TryGetValue(key.Vertex, out var step) && Exports(step))
            .Select(key => statuses[key])
            .Where(status => status.Started is not null && status.Completed > status.Started)
            .GroupBy(status => WithoutDigest(status.Id), status => status.Completed!.Value - status.Started!.Value)
            .Select(phase => new ExportPhase(phase.Key, phase.Aggregate(TimeSpan.Zero, (sum, one) => sum + one)))];

    // "[context NAME] load from client" is a named context that is a folder.
    private static bool SendsContext(BuildStep step) =>
        step.IsInternal && step.Instruction is "load build context" or "load from client";

    private static bool Exports(BuildStep step) =>
        step.IsInternal && step.Instruction.StartsWith("exporting ", StringComparison.Ordinal);

    // "exporting manifest sha256:..." and "pushing manifest for REF@sha256:..." differ in each build.
    private static string WithoutDigest(string id)
    {
        var digest = id.IndexOf("sha256:", StringComparison.Ordinal);
        return digest < 0 ? id : id[..digest].TrimEnd(' ', '@');
    }
}
