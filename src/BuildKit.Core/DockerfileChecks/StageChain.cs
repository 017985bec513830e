using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>The instructions that make a stage: those of the stages it starts from, then its own.</summary>
/// <param name="Stages">The stages, the one that starts from an image first.</param>
internal sealed record StageChain(IReadOnlyList<DockerfileStage> Stages)
{
    // Nobody writes more; each stage has a chain, so without a limit they would grow with the square of the file.
    private const int Longest = 100;

    /// <summary>The stage itself.</summary>
    public DockerfileStage Stage => Stages[^1];

    /// <summary>The stage that starts from an image.</summary>
    public DockerfileStage Root => Stages[0];

    /// <summary>All instructions in the order in which they run.</summary>
    public IEnumerable<DockerfileInstruction> Instructions => Stages.SelectMany(stage => stage.Instructions);

    /// <summary>What runs before an instruction of the chain.</summary>
    public IEnumerable<DockerfileInstruction> Before(DockerfileInstruction instruction) =>
        Instructions.TakeWhile(other => !ReferenceEquals(other, instruction));

    /// <summary>The chains of stages; a stage on top of a hundred others has none, and nothing is said of it.</summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="stages">The stages, in the order of the file and with all that they start from.</param>
    /// <param name="arguments">Build arguments that have a value.</param>
    public static IEnumerable<StageChain> Of(
        Dockerfile dockerfile, IEnumerable<DockerfileStage> stages, IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        var chains = new Dictionary<int, StageChain?>();
        foreach (var stage in stages)
        {
            var below = dockerfile.BaseStageOf(stage, arguments) is { } start ? chains[start.Index] : new StageChain([]);
            var chain = below is null || below.Stages.Count == Longest ? null : new StageChain([.. below.Stages, stage]);
            chains[stage.Index] = chain;
            if (chain is not null)
            {
                yield return chain;
            }
        }
    }
}
