namespace BuildKit.Core.Dockerfiles;

/// <summary>One build stage: a FROM and what follows it (https://docs.docker.com/reference/dockerfile/#from).</summary>
/// <param name="Index">Position in the file, counted from 0: <c>--from=0</c> and <c>--target=0</c> use it.</param>
/// <param name="Name">Name after AS, as written; null when the stage has none. Compared without case.</param>
/// <param name="BaseName">Image or stage that FROM names, as written.</param>
/// <param name="Base">The same with the defaults of the global arguments put in.</param>
/// <param name="Platform">Text of <c>--platform</c>, as written; null when it is not given.</param>
/// <param name="Line">Line of FROM, counted from 1.</param>
/// <param name="Instructions">Instructions after FROM, up to the next one.</param>
internal sealed record DockerfileStage(
    int Index,
    string? Name,
    string BaseName,
    string Base,
    string? Platform,
    int Line,
    IReadOnlyList<DockerfileInstruction> Instructions);
