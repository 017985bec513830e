using BuildKit.Core.Images;

namespace BuildKit.Core.Reports;

/// <summary>A file of the inputs that is not what it was in the previous build.</summary>
/// <param name="Path">Relative to the context where it lies in it.</param>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
public sealed record FileChange(string Path, string Kind);

/// <summary>Why a step ran although the previous build had it.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record StepChange(int Step, string Reason);

/// <summary>A step that took longer than in the previous build.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Before">Milliseconds that it took then.</param>
public sealed record SlowerStep(int Step, long Before);

/// <summary>What is different from the previous build of the same image.</summary>
/// <param name="Seconds">How long the previous build took.</param>
/// <param name="Started">When it started.</param>
/// <param name="Files">Files that changed, at most <see cref="BuildComparison.FilesShown"/>.</param>
/// <param name="MoreFiles">How many more changed.</param>
/// <param name="Steps">Steps that ran again.</param>
public sealed record BuildChanges(double Seconds, string Started, IReadOnlyList<FileChange> Files, int MoreFiles, IReadOnlyList<StepChange> Steps)
{
    /// <summary>Steps that ran in both and took notably longer in this one.</summary>
    public IReadOnlyList<SlowerStep> Slower { get; init; } = [];
}

/// <summary>A remark on a build: what a colleague would say who looked at it.</summary>
/// <param name="Step">The step that it is about, which stands before the text; -1 when the text is a sentence by itself.</param>
/// <param name="Text">The text.</param>
public sealed record ReportNote(int Step, string Text);

/// <summary>A cache that was asked for and could not be read.</summary>
/// <param name="Reference">The cache.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record UnreadCache(string Reference, string Reason);

/// <summary>A base image of a build.</summary>
/// <param name="Reference">Reference as the Dockerfile has it.</param>
/// <param name="Digest">Digest that it had.</param>
public sealed record BaseImage(string Reference, string Digest);

/// <summary>What a build was made of.</summary>
/// <param name="Context">Full path of the build context; empty without one.</param>
/// <param name="Target">Stage that was asked for; empty for the last.</param>
/// <param name="Platforms">Platforms that were asked for; empty for the builder's own.</param>
/// <param name="Arguments">Names of build arguments; values may be nobody's business.</param>
/// <param name="NamedContexts">Names of named contexts.</param>
/// <param name="Bases">Base images.</param>
public sealed record ReportInputs(
    string Context,
    string Target,
    IReadOnlyList<string> Platforms,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> NamedContexts,
    IReadOnlyList<BaseImage> Bases)
{
    /// <summary>Nothing is known.</summary>
    public static ReportInputs None { get; } = new("", "", [], [], [], []);
}

/// <summary>One build of one image, as the report has it. The form of the file is in <c>report.schema.json</c>.</summary>
/// <param name="Image">The result; of a failed build what is known of it.</param>
/// <param name="Succeeded">Whether the build succeeded.</param>
/// <param name="Started">When it started, in UTC (ISO 8601).</param>
/// <param name="Dockerfile">Full path of the Dockerfile; empty for published files.</param>
/// <param name="Steps">The steps, in the order in which they appeared, then what buildx and we did before and after them.</param>
public sealed record BuildReport(BuiltImage Image, bool Succeeded, string Started, string Dockerfile, IReadOnlyList<ReportStep> Steps)
{
    /// <summary>What is different from the previous build; null when there is no report of one.</summary>
    public BuildChanges? Changes { get; init; }

    /// <summary>What it was made of.</summary>
    public ReportInputs Inputs { get; init; } = ReportInputs.None;

    /// <summary>Names of the stages in the Dockerfile's order; empty without a Dockerfile.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Caches that were asked for and could not be read.</summary>
    public IReadOnlyList<UnreadCache> CacheNotRead { get; init; } = [];

    /// <summary>The last builds of the image, this one included, the oldest first.</summary>
    public IReadOnlyList<PastBuild> History { get; init; } = [];

    /// <summary>What there is to know, the most important first.</summary>
    public IReadOnlyList<ReportNote> Notes { get; init; } = [];

    /// <summary>The step whose failure ended the build; null when none did.</summary>
    public ReportStep? FailedStep => Succeeded ? null : Steps.FirstOrDefault(step => step.Kind == "failed");
}
