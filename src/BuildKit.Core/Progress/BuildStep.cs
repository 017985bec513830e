namespace BuildKit.Core.Progress;

/// <summary>
/// A step of a build (BuildKit: a vertex). Its state is the sum of all reports about it; it changes until the build ends.
/// </summary>
public sealed class BuildStep
{
    private readonly StepOutput output = new();
    private readonly StepRuns runs = new();
    private StepName parts = StepName.Parse("", hasTargets: false);
    private bool wasFound;
    private bool lastWasFound;
    private bool wasExecuted;
    private DateTimeOffset? reportedEnd;

    internal BuildStep(string digest) => Digest = digest;

    /// <summary>Identity of the step within one build.</summary>
    public string Digest { get; }

    /// <summary>BuildKit's name for it, for example <c>[build 2/3] COPY src /src</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The bake target that asked for it first; null outside bake.</summary>
    public string? Target => parts.Target;

    /// <summary>All bake targets that asked for it, in the order in which they did; empty outside bake.</summary>
    public IReadOnlyList<string> Targets { get; private set; } = [];

    /// <summary>Its stage; null in a Dockerfile with one unnamed stage. Unnamed stages are called <c>stage-N</c>.</summary>
    public string? Stage => parts.Stage;

    /// <summary>Its platform, for example <c>linux/arm64</c>; null in builds for one platform.</summary>
    public string? Platform => parts.Platform;

    /// <summary>Which step of its stage it is, from 1; 0 for internal ones.</summary>
    public int Position => parts.Position;

    /// <summary>How many steps its stage has; 0 for internal ones.</summary>
    public int Count => parts.Count;

    /// <summary>The instruction as written in the Dockerfile, with variables filled in; for internal steps what they do.</summary>
    public string Instruction => parts.Instruction;

    /// <summary>
    /// Whether it stands for no instruction of the Dockerfile: loading, exporting, cache import and export, and the
    /// merge that BuildKit reports a second time for each <c>COPY --link</c>.
    /// </summary>
    public bool IsInternal => Position == 0 || Instruction.StartsWith("LINK ", StringComparison.Ordinal);

    /// <summary>Whether no other build can share it: BuildKit reads the Dockerfile from the client of each.</summary>
    public bool IsOwn => IsInternal && Instruction.StartsWith("load build definition ", StringComparison.Ordinal);

    /// <summary>Whether it names a base image. Such a step runs nothing, and is reported as cached or not without a reason to be seen.</summary>
    public bool IsBaseImage => !IsInternal && Instruction.StartsWith("FROM ", StringComparison.OrdinalIgnoreCase);

    /// <summary>When it was opened first; null while it waits.</summary>
    public DateTimeOffset? Began => runs.Began;

    /// <summary>When it started last; null while it waits.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>When it ended last; null until then.</summary>
    public DateTimeOffset? Completed { get; private set; }

    /// <summary>The times in which it worked: as a rule one; none for a step from a cache whose layers nobody needed here.</summary>
    public IReadOnlyList<StepSpan> Spans { get; private set; } = [];

    /// <summary>How long it worked, as <c>--progress=plain</c> adds it up; zero until it has ended.</summary>
    public TimeSpan Duration => IsDone ? Spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.End - span.Start)) : TimeSpan.Zero;

    /// <summary>Whether it has ended and not started again.</summary>
    public bool IsDone => Completed is not null && (Started is null || Completed >= Started);

    /// <summary>
    /// Whether its result came from a cache and it was never run in this build: <c>CACHED</c> in plain progress. BuildKit opens such
    /// a step again, without saying that it is cached, when its layers are needed here and have to be pulled or unpacked.
    /// </summary>
    public bool IsCached => wasFound && !wasExecuted;

    /// <summary>Whether it came from a cache, and its layers were fetched or unpacked in this build.</summary>
    public bool IsPulled => IsCached && IsDone && Spans.Count > 0;

    /// <summary>Why it failed, in BuildKit's words; null otherwise. Does not mean that the build failed.</summary>
    public string? Error { get; private set; }

    /// <summary>Digests of the steps it needs.</summary>
    public IReadOnlyList<string> Inputs { get; private set; } = [];

    /// <summary>The last lines that it printed (60 at most), without colours.</summary>
    public IReadOnlyList<string> OutputTail => output.Tail;

    /// <summary>Takes a report.</summary>
    internal void Apply(VertexEvent report, bool hasTargets)
    {
        // The first name stays: in bake, every target that needs the step reports it again under its own prefix.
        if (Name.Length == 0 && report.Name.Length > 0)
        {
            Name = report.Name;
            parts = StepName.Parse(report.Name, hasTargets);
        }

        if (hasTargets && StepName.Parse(report.Name, hasTargets).Target is { } target && !Targets.Contains(target))
        {
            Targets = [.. Targets, target];
        }

        if (report.Inputs.Count > 0)
        {
            Inputs = report.Inputs;
        }

        // Targets of a bake report one run with clocks of their own, also out of order: hence the latest of each.
        runs.Add(report);
        Started = report.Started is { } started && (Started is null || started > Started) ? started : Started;
        Completed = report.Completed is { } completed && (Completed is null || completed > Completed) ? completed : Completed;
        Error = report.Error ?? (report.Completed is null ? Error : null);
        // What was found in a cache before it was run stays found, whatever BuildKit does with its layers.
        wasExecuted |= report.Completed is not null && !wasFound && !report.IsCached && (runs.HasRun() || Error is not null);
        wasFound |= report.IsCached;
        lastWasFound = report.Started is null ? lastWasFound : report.IsCached;
        Spans = runs.Spans(IsCached);
    }

    /// <summary>Takes a piece of output and gives the lines that it ends.</summary>
    internal List<string> AppendOutput(int stream, ReadOnlySpan<byte> data)
    {
        // A cache entry whose layers could not be had is run after all, and only what runs prints.
        if (wasFound && !wasExecuted)
        {
            wasExecuted = true;
            Spans = runs.Spans(IsCached);
        }

        return output.Append(stream, data);
    }

    /// <summary>Ends the last line, because the step is over.</summary>
    internal List<string> FlushOutput() => output.Flush();

    /// <summary>Whether the step has ended since the last call; true once for each time that it ran.</summary>
    internal bool TakeEnd()
    {
        if (!IsDone || (reportedEnd is { } reported && (IsCached || lastWasFound || Started is null || Started <= reported)))
        {
            return false;
        }

        reportedEnd = Completed;
        return true;
    }
}
