namespace BuildKit.Core.Reports;

/// <summary>A time, in milliseconds from the start of the build.</summary>
/// <param name="Start">Begin.</param>
/// <param name="End">End.</param>
public readonly record struct ReportSpan(long Start, long End)
{
    /// <summary>How long it is.</summary>
    public long Length => End - Start;
}

/// <summary>A part of the work of a step.</summary>
/// <param name="Name">Name, for example <c>exporting layers</c>.</param>
/// <param name="Span">Its time.</param>
public sealed record ReportPart(string Name, ReportSpan Span);

/// <summary>A step as the report shows it.</summary>
/// <param name="Id">Number within the report, from 0.</param>
/// <param name="Name">BuildKit's name with its bracket.</param>
/// <param name="Stage">Stage; empty for internal steps.</param>
/// <param name="Instruction">Instruction, or what an internal step does.</param>
/// <param name="Kind">
/// <c>run</c>, <c>cached</c>, <c>pulled</c> (from a cache, with layers that had to be fetched), <c>failed</c>, <c>canceled</c>,
/// <c>waiting</c> (never begun), <c>base</c> or <c>internal</c>.
/// </param>
/// <param name="Start">Milliseconds from the start of the build; -1 when it never started.</param>
/// <param name="End">Milliseconds from the start of the build; -1 when it never ended.</param>
/// <param name="Inputs">Numbers of the steps it needs.</param>
public sealed record ReportStep(int Id, string Name, string Stage, string Instruction, string Kind, long Start, long End, IReadOnlyList<int> Inputs)
{
    /// <summary>Name on one line of at most 100 characters.</summary>
    public string Title => StepLines.Title(Name);

    /// <summary>Platform, for example <c>linux/arm64</c>; empty in builds for one platform.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Bake targets that asked for it; empty outside bake.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The times in which it worked, when they are several; empty when it worked from start to end.</summary>
    public IReadOnlyList<ReportSpan> Spans { get; init; } = [];

    /// <summary>Line in the Dockerfile; 0 when it has none.</summary>
    public int Line { get; init; }

    /// <summary>Whether it is on the longest chain of steps that waited for each other: only these make a build shorter.</summary>
    public bool Critical { get; init; }

    /// <summary>Bytes of layers that were pulled for it.</summary>
    public long PulledBytes { get; init; }

    /// <summary>Parts of its work that BuildKit names.</summary>
    public IReadOnlyList<ReportPart> Parts { get; init; } = [];

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Error { get; init; } = "";

    /// <summary>The last lines that it printed.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Whether it is an instruction of the Dockerfile that is cached or run, or would have been.</summary>
    public bool IsInstruction => Kind is "run" or "cached" or "pulled" or "failed" or "canceled" or "waiting";

    /// <summary>Milliseconds that it worked; 0 for a step from a cache that nothing was fetched for.</summary>
    public long Took => Kind == "cached" || Start < 0 || End < 0 ? 0 : Spans.Count > 0 ? Spans.Sum(span => span.Length) : End - Start;

    /// <summary>The instruction as people name it.</summary>
    internal StepLabel Label => StepLabel.Of(Instruction);
}
