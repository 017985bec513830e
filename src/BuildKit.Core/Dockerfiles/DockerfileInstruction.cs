namespace BuildKit.Core.Dockerfiles;

/// <summary>One instruction of a Dockerfile: https://docs.docker.com/reference/dockerfile/#format.</summary>
/// <param name="Keyword">Instruction in upper case, for example <c>COPY</c>.</param>
/// <param name="Flags">Flags that stand before the arguments, in order.</param>
/// <param name="Arguments">The rest as written: continuation lines joined, comments in them left out.</param>
/// <param name="Heredocs">Here-documents in the order of their words.</param>
/// <param name="Line">First line, counted from 1.</param>
/// <param name="EndLine">Last line, here-documents included.</param>
internal sealed record DockerfileInstruction(
    string Keyword,
    IReadOnlyList<DockerfileFlag> Flags,
    string Arguments,
    IReadOnlyList<DockerfileHeredoc> Heredocs,
    int Line,
    int EndLine)
{
    /// <summary>Value of the first flag with this name; null when it is not given or has no value.</summary>
    public string? FlagValue(string name) =>
        Flags.FirstOrDefault(flag => flag.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
