using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>The instructions that make a stage: those of the stages it starts from, then its own.</summary>
/// <param name="Stages">The stages, the one that starts from an image first.</param>
internal sealed record StageChain(IReadOnlyList<DockerfileStage> Stages)
{
    /// <summary>The stage itself.</summary>
    public DockerfileStage Stage => Stages[^1];

    /// <summary>The stage that starts from an image.</summary>
    public DockerfileStage Root => Stages[0];

    /// <summary>All instructions in the order in which they run.</summary>
    public IEnumerable<DockerfileInstruction> Instructions => Stages.SelectMany(stage => stage.Instructions);

    /// <summary>What runs before an instruction of the chain.</summary>
    public IEnumerable<DockerfileInstruction> Before(DockerfileInstruction instruction) =>
        Instructions.TakeWhile(other => !ReferenceEquals(other, instruction));

    /// <summary>The chain of a stage.</summary>
    public static StageChain Of(Dockerfile dockerfile, DockerfileStage stage, IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        var stages = new List<DockerfileStage>();
        for (var current = stage; current is not null; current = dockerfile.BaseStageOf(current, arguments))
        {
            stages.Insert(0, current);
        }

        return new StageChain(stages);
    }
}
