namespace BuildKit.Core.Dockerfiles;

/// <summary>A build argument declared by ARG: https://docs.docker.com/reference/dockerfile/#arg.</summary>
/// <param name="Name">Name, case-sensitive.</param>
/// <param name="Default">Default as written, with quotes and variables; null when there is none.</param>
/// <param name="Line">Line of the instruction, counted from 1.</param>
internal sealed record DockerfileArgument(string Name, string? Default, int Line);
