namespace BuildKit.Core.Dockerfiles;

/// <summary>A flag of an instruction, for example <c>--from=build</c> of COPY.</summary>
/// <param name="Name">Name without the dashes, as written.</param>
/// <param name="Value">Text after the equals sign, quotes removed; null when there is no equals sign.</param>
internal sealed record DockerfileFlag(string Name, string? Value);
