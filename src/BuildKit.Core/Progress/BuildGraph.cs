using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Progress;

/// <summary>A cache that BuildKit read or wrote.</summary>
/// <param name="Reference">
/// For reads the reference, for example <c>registry.example.com/shop:cache</c>; for writes BuildKit names only the kind,
/// for example <c>registry</c>.
/// </param>
/// <param name="Error">Why it failed, in BuildKit's words; null when it did not.</param>
public sealed record CacheTransfer(string Reference, string? Error)
{
    /// <summary>The error in a few words, for example <c>401 Unauthorized</c> or <c>not found</c>; null without one.</summary>
    public string? Reason =>
        Error is null ? null : RegistryFault.Of(EngineErrorText.Clean(Error)).Reason.Replace(Reference + ": ", "", StringComparison.Ordinal);
}

/// <summary>A part of making the result, for example <c>exporting layers</c> or <c>pushing layers</c>.</summary>
/// <param name="Name">BuildKit's name without digests.</param>
/// <param name="Duration">How long it took in all.</param>
public sealed record ExportPhase(string Name, TimeSpan Duration);

/// <summary>A part of the work of a step, for example <c>unpacking to web:1</c>.</summary>
/// <param name="Name">BuildKit's name without digests.</param>
/// <param name="Span">Its time.</param>
public sealed record StepPart(string Name, StepSpan Span);

/// <summary>
/// What is known about a build while it runs and after it: the sum of all updates of its progress stream. One thread
/// applies updates; any thread may read.
/// </summary>
public sealed class BuildGraph
{
    private readonly object access = new();
    private readonly Dictionary<string, BuildStep> byDigest = new(StringComparer.Ordinal);
    private readonly List<BuildStep> steps = [];
    private readonly List<WarningEvent> warnings = [];
    private readonly TransferLog transfers = new();
    private bool hasTargets;

    /// <summary>Called when a step ends; again only for a step that ran again. Called on the thread that applies the update.</summary>
    public event Action<BuildStep>? StepFinished;

    /// <summary>Called for each line that a step prints. Called on the thread that applies the update.</summary>
    public event Action<BuildStep, string>? OutputLine;

    /// <summary>All steps, in the order in which they appeared.</summary>
    public IReadOnlyList<BuildStep> Steps => Read(() => steps.ToList());

    /// <summary>How many instructions were taken from a cache. Base images (FROM) count neither here nor as run.</summary>
    public int StepsCached => Steps.Count(step => Counts(step) && step.IsCached);

    /// <summary>How many instructions were run, to their end or not.</summary>
    public int StepsRun => Steps.Count(step => Counts(step) && !step.IsCached && step.Started is not null);

    /// <summary>The instruction that took longest; null when none was run to its end.</summary>
    public BuildStep? SlowestStep =>
        Steps.Where(step => Counts(step) && !step.IsCached && step.IsDone).MaxBy(step => step.Duration);

    /// <summary>
    /// When this build began, by the builder's clock; null before. BuildKit shares equal steps between builds, and then reports
    /// the start that the other build gave them, which may be long ago; the Dockerfile is read by each build for itself.
    /// </summary>
    public DateTimeOffset? Began => Steps.Where(step => step.IsOwn).Min(step => step.Began) ?? Steps.Min(step => step.Began);

    /// <summary>From the start of this build to the last end of a step.</summary>
    public TimeSpan Elapsed =>
        Steps.Max(step => step.IsDone ? step.Completed : null) - Began is { } elapsed && elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;

    /// <summary>Bytes of build contexts sent to the builder, named folders included, the Dockerfile not.</summary>
    public long ContextBytes => Read(() => transfers.ContextBytes(byDigest));

    /// <summary>When the first update came, by this machine's clock; null before. Times of steps are by the builder's clock.</summary>
    public DateTimeOffset? FirstUpdate { get; private set; }

    /// <summary>Bytes of layers that were pulled for a step, for a base image or one that came from a cache.</summary>
    public long PulledBytes(BuildStep step) => Read(() => transfers.PulledBytes(step));

    /// <summary>What is known of the work within a step, such as <c>exporting layers</c>, with its times.</summary>
    public IReadOnlyList<StepPart> PartsOf(BuildStep step) => Read(() => transfers.PartsOf(step));

    /// <summary>Names of the work within a step that has begun and not ended, such as <c>pushing layers</c>, without digests.</summary>
    public IReadOnlyList<string> OpenPartsOf(BuildStep step) => Read(() => transfers.OpenPartsOf(step));

    /// <summary>Caches that were asked for hits.</summary>
    public IReadOnlyList<CacheTransfer> CacheReads => Transfers("importing cache manifest from ");

    /// <summary>Caches that were written.</summary>
    public IReadOnlyList<CacheTransfer> CacheWrites => Transfers("exporting cache to ");

    /// <summary>What making, pushing and loading the result took, in the order of their start.</summary>
    public IReadOnlyList<ExportPhase> ExportPhases => Read(() => transfers.ExportPhases(byDigest));

    /// <summary>Checks of the Dockerfile that hit, in the order of the stream.</summary>
    public IReadOnlyList<WarningEvent> Warnings => Read(() => warnings.ToList());

    /// <summary>Takes an update.</summary>
    public void Apply(ProgressUpdate update)
    {
        var finished = new List<BuildStep>();
        var lines = new List<(BuildStep Step, string Line)>();
        lock (access)
        {
            FirstUpdate ??= DateTimeOffset.UtcNow;
            foreach (var log in update.Logs)
            {
                var step = StepOf(log.Vertex);
                lines.AddRange(step.AppendOutput(log.Stream, log.Data.Span).Select(line => (step, line)));
            }

            foreach (var report in update.Vertices)
            {
                Add(report).Apply(report, hasTargets);
            }

            // Only now: one update can end a step and start it again.
            foreach (var step in update.Vertices.Select(report => byDigest[report.Digest]).Where(step => step.TakeEnd()))
            {
                lines.AddRange(step.FlushOutput().Select(line => (step, line)));
                finished.Add(step);
            }

            foreach (var status in update.Statuses)
            {
                transfers.Add(status);
            }

            warnings.AddRange(update.Warnings);
        }

        // Outside the lock: whoever listens may read the graph from another thread.
        foreach (var (step, line) in lines)
        {
            OutputLine?.Invoke(step, line);
        }

        foreach (var step in finished)
        {
            StepFinished?.Invoke(step);
        }
    }

    private static bool Counts(BuildStep step) => !step.IsInternal && !step.IsBaseImage;

    private BuildStep Add(VertexEvent report)
    {
        hasTargets |= StepName.ShowsBakeTarget(report.Name);
        var step = StepOf(report.Digest);
        if (step.Name.Length == 0)
        {
            steps.Remove(step);
            steps.Add(step);
        }

        return step;
    }

    // Output can come before the step's first report; such a step is listed once it has a name.
    private BuildStep StepOf(string digest)
    {
        if (!byDigest.TryGetValue(digest, out var step))
        {
            step = new BuildStep(digest);
            byDigest.Add(digest, step);
        }

        return step;
    }

    private List<CacheTransfer> Transfers(string prefix) =>
        [.. Steps
            .Where(step => step.IsInternal && step.Instruction.StartsWith(prefix, StringComparison.Ordinal))
            .Select(step => new CacheTransfer(step.Instruction[prefix.Length..], step.Error))];

    private T Read<T>(Func<T> read)
    {
        lock (access)
        {
            return read();
        }
    }
}
