using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>What a check looks at: the Dockerfile, its context, and the project that asks for the image.</summary>
internal sealed class CheckInput
{
    private readonly IReadOnlyDictionary<string, string> arguments;

    /// <summary>Makes the input.</summary>
    /// <param name="dockerfile">The Dockerfile, read.</param>
    /// <param name="context">Full path of the build context; empty when it is not a folder of this machine.</param>
    /// <param name="ignore">What of the context is not sent.</param>
    /// <param name="targetStage">The stage that is built; empty for the last one.</param>
    /// <param name="arguments">Build arguments that have a value.</param>
    /// <param name="project">The project.</param>
    public CheckInput(
        Dockerfile dockerfile, string context, DockerIgnore ignore, string targetStage, IReadOnlyDictionary<string, string> arguments,
        ProjectFacts project)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        this.arguments = arguments;
        ArgumentNullException.ThrowIfNull(project);
        (Dockerfile, Context, Ignore, ProjectFile) = (dockerfile, context, ignore, project.ProjectFile);
        Project = project.WithoutCode ? BuiltProject.Find(dockerfile, context) : project;
        Target = targetStage.Length > 0 ? dockerfile.FindStage(targetStage) : dockerfile.Stages.Count > 0 ? dockerfile.Stages[^1] : null;
        Chains = [.. StageChain.Of(dockerfile, Reachable().OrderBy(stage => stage.Index), arguments)];
    }

    /// <summary>The Dockerfile.</summary>
    public Dockerfile Dockerfile { get; }

    /// <summary>Full path of the context; empty when it is not here.</summary>
    public string Context { get; }

    /// <summary>What of the context is not sent.</summary>
    public DockerIgnore Ignore { get; }

    /// <summary>Full path of the project that asks for the image.</summary>
    public string ProjectFile { get; }

    /// <summary>The project that the Dockerfile builds: the one that asks, or for a folder project the one that a step names.</summary>
    public ProjectFacts Project { get; }

    /// <summary>The stage that is built; null when there is none.</summary>
    public DockerfileStage? Target { get; }

    /// <summary>A chain for each stage that the target needs; others are not built and not checked.</summary>
    public IReadOnlyList<StageChain> Chains { get; }

    /// <summary>The chain of the stage that is built.</summary>
    public StageChain? TargetChain => Chains.FirstOrDefault(chain => chain.Stage.Index == Target?.Index);

    /// <summary>The image that a chain starts from, with build arguments put in.</summary>
    public string BaseImageOf(StageChain chain) => Dockerfile.ResolveBase(chain.Root, arguments);

    /// <summary>Paths of the context that an instruction reads.</summary>
    public IReadOnlyList<CopySource> SourcesOf(DockerfileInstruction instruction) => CopySources.Of(instruction, Dockerfile.EscapeCharacter);

    /// <summary>A place in the Dockerfile.</summary>
    public SourceLocation At(int line, int endLine = 0) => new(Dockerfile.Path, line, EndLine: endLine > line ? endLine : 0);

    /// <summary>A path relative to the context, with slashes; null when it lies outside.</summary>
    public string? InContext(string fullPath)
    {
        var relative = Context.Length == 0 ? null : PathRules.Here.Below(Path.GetFullPath(fullPath), Context);
        return relative is "" ? "." : relative;
    }

    private HashSet<DockerfileStage> Reachable()
    {
        var found = new HashSet<DockerfileStage>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<DockerfileStage?>([Target]);
        while (waiting.TryDequeue(out var stage))
        {
            if (stage is null || !found.Add(stage))
            {
                continue;
            }

            waiting.Enqueue(Dockerfile.BaseStageOf(stage, arguments));
            foreach (var instruction in stage.Instructions)
            {
                waiting.Enqueue(instruction.FlagValue("from") is { } from ? Dockerfile.FindStage(from) : null);
                Mounts.Of(instruction).ToList().ForEach(mount => waiting.Enqueue(mount.From.Length > 0 ? Dockerfile.FindStage(mount.From) : null));
            }
        }

        return found;
    }
}
