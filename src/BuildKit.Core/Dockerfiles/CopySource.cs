namespace BuildKit.Core.Dockerfiles;

/// <summary>A path of the build context that an instruction reads.</summary>
/// <param name="Path">Path or glob relative to the context, as written but without quotes.</param>
/// <param name="Keyword">COPY, ADD or RUN.</param>
/// <param name="Line">Line of the instruction, counted from 1.</param>
/// <param name="HasVariables">Whether it holds a variable: then nothing can be said about the path before the build.</param>
internal sealed record CopySource(string Path, string Keyword, int Line, bool HasVariables);
