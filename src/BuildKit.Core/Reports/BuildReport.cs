using BuildKit.Core.Images;

namespace BuildKit.Core.Reports;

/// <summary>A step as the report shows it.</summary>
/// <param name="Id">Number within the report, from 0.</param>
/// <param name="Name">BuildKit's name with its bracket.</param>
/// <param name="Stage">Stage; empty for internal steps.</param>
/// <param name="Instruction">Instruction, or what an internal step does.</param>
/// <param name="Kind"><c>run</c>, <c>cached</c>, <c>failed</c>, <c>canceled</c>, <c>waiting</c> (never begun), <c>base</c> or <c>internal</c>.</param>
/// <param name="Start">Milliseconds from the start of the build; -1 when it never started.</param>
/// <param name="End">Milliseconds from the start of the build; -1 when it never ended.</param>
/// <param name="Inputs">Numbers of the steps it needs.</param>
public sealed record ReportStep(int Id, string Name, string Stage, string Instruction, string Kind, long Start, long End, IReadOnlyList<int> Inputs)
{
    /// <summary>Name on one line of at most 100 characters.</summary>
    public string Title => StepLines.Title(Name);

    /// <summary>Platform, for example <c>linux/arm64</c>; empty in builds for one platform.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Line in the Dockerfile; 0 when it has none.</summary>
    public int Line { get; init; }

    /// <summary>Whether it is on the longest chain of steps that waited for each other: only these make a build shorter.</summary>
    public bool Critical { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Error { get; init; } = "";

    /// <summary>The last lines that it printed.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Whether it is an instruction of the Dockerfile that is cached or run, or would have been.</summary>
    public bool IsInstruction => Kind is "run" or "cached" or "failed" or "canceled" or "waiting";
}

/// <summary>A file of the inputs that is not what it was in the previous build.</summary>
/// <param name="Path">Relative to the context where it lies in it.</param>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
public sealed record FileChange(string Path, string Kind);

/// <summary>Why a step ran although the previous build had it.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record StepChange(int Step, string Reason);

/// <summary>What is different from the previous build of the same image.</summary>
/// <param name="Seconds">How long the previous build took.</param>
/// <param name="Started">When it started.</param>
/// <param name="Files">Files that changed, at most <see cref="BuildComparison.FilesShown"/>.</param>
/// <param name="MoreFiles">How many more changed.</param>
/// <param name="Steps">Steps that ran again.</param>
public sealed record BuildChanges(double Seconds, string Started, IReadOnlyList<FileChange> Files, int MoreFiles, IReadOnlyList<StepChange> Steps);

/// <summary>One build of one image, as the report tells it. The form of the file is in <c>report.schema.json</c>.</summary>
/// <param name="Image">The result; of a failed build what is known of it.</param>
/// <param name="Succeeded">Whether the build succeeded.</param>
/// <param name="Started">When it started, in UTC (ISO 8601).</param>
/// <param name="Dockerfile">Full path of the Dockerfile; empty for published files.</param>
/// <param name="Steps">The steps, in the order in which they appeared.</param>
public sealed record BuildReport(BuiltImage Image, bool Succeeded, string Started, string Dockerfile, IReadOnlyList<ReportStep> Steps)
{
    /// <summary>What is different from the previous build; null when there is no report of one.</summary>
    public BuildChanges? Changes { get; init; }
}
