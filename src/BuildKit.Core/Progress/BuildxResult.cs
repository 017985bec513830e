namespace BuildKit.Core.Progress;

/// <summary>What a run of <c>docker buildx build</c> or <c>bake</c>, or a check, left when it ended.</summary>
/// <param name="ExitCode">0 is success; the only thing that says whether the build failed.</param>
/// <param name="ErrorLines">Lines of the error stream that are not progress, in order.</param>
/// <param name="Graph">The steps, with their errors and output.</param>
public sealed record BuildxResult(int ExitCode, IReadOnlyList<string> ErrorLines, BuildGraph Graph)
{
    /// <summary>Standard output: the answer of a check; a build writes nothing there.</summary>
    public string Output { get; init; } = "";
}
