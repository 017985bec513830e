namespace BuildKit.Core.Progress;

/// <summary>
/// One line of the stream of <c>docker buildx build --progress=rawjson</c>: what changed since the last one. The form is
/// BuildKit's <c>client.SolveStatus</c>, https://github.com/moby/buildkit/blob/master/client/graph.go.
/// </summary>
/// <param name="Vertices">Steps that appeared, started or ended.</param>
/// <param name="Statuses">Work inside a step: transfers, exported layers, pushes.</param>
/// <param name="Logs">Pieces of the output of steps.</param>
/// <param name="Warnings">Checks of the Dockerfile that hit.</param>
public sealed record ProgressUpdate(
    IReadOnlyList<VertexEvent> Vertices,
    IReadOnlyList<StatusEvent> Statuses,
    IReadOnlyList<LogEvent> Logs,
    IReadOnlyList<WarningEvent> Warnings);

/// <summary>A report about a step. The same step is reported many times, and may start again after its end.</summary>
/// <param name="Digest">Identity of the step within one build.</param>
/// <param name="Name">Name with its bracket, for example <c>[build 2/3] COPY src /src</c>.</param>
/// <param name="Inputs">Digests of the steps that this one needs.</param>
/// <param name="Started">When it started; null while it waits.</param>
/// <param name="Completed">When it ended; null while it waits or runs.</param>
/// <param name="IsCached">Whether its result was taken from a cache. May come without <paramref name="Completed"/>.</param>
/// <param name="Error">Why it failed; null otherwise. An error here does not mean that the build failed.</param>
public sealed record VertexEvent(
    string Digest,
    string Name,
    IReadOnlyList<string> Inputs,
    DateTimeOffset? Started,
    DateTimeOffset? Completed,
    bool IsCached,
    string? Error);

/// <summary>A report about work inside a step.</summary>
/// <param name="Vertex">Digest of the step.</param>
/// <param name="Id">What is done, for example <c>transferring context:</c> or <c>pushing layers</c>.</param>
/// <param name="Current">How much is done, mostly in bytes.</param>
/// <param name="Total">How much there is to do, in the same unit; 0 when not known, which is the rule.</param>
/// <param name="Started">When it started.</param>
/// <param name="Completed">When it ended; null while it goes on.</param>
public sealed record StatusEvent(
    string Vertex,
    string Id,
    long Current,
    long Total,
    DateTimeOffset? Started,
    DateTimeOffset? Completed);

/// <summary>A piece of the output of a step: any number of bytes, not a line, and not always whole characters.</summary>
/// <param name="Vertex">Digest of the step.</param>
/// <param name="Stream">1 for standard output, 2 for standard error.</param>
/// <param name="Data">The bytes, as the step wrote them.</param>
public sealed record LogEvent(string Vertex, int Stream, ReadOnlyMemory<byte> Data);

/// <summary>A check of the Dockerfile that hit.</summary>
/// <param name="Vertex">Digest of the step that loaded the Dockerfile.</param>
/// <param name="Level">1 for lint rules.</param>
/// <param name="Summary">One line: <c>RuleName: message (line N)</c>.</param>
/// <param name="Url">Page about the rule; empty when it has none.</param>
/// <param name="File">The Dockerfile's name as BuildKit knows it, without its folder; empty when not known.</param>
/// <param name="Ranges">Lines concerned.</param>
public sealed record WarningEvent(
    string Vertex,
    int Level,
    string Summary,
    string Url,
    string File,
    IReadOnlyList<LineRange> Ranges);

/// <summary>Lines of a Dockerfile, counted from 1.</summary>
/// <param name="Start">First line.</param>
/// <param name="End">Last line; the first one again when it is one line.</param>
public readonly record struct LineRange(int Start, int End);
