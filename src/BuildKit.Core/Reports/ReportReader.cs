using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Reports;

/// <summary>Reads what <see cref="ReportJson"/> wrote: for the comparison with the next build, and for a CI system's summary.</summary>
internal static class ReportReader
{
    /// <summary>The report, without its comparison and what steps printed; null when there is none, or none of this form.</summary>
    public static BuildReport? TryRead(string path)
    {
        using var document = JsonElementExtensions.TryRead(path);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.Number("version") == ReportJson.Version
            ? Report(root) : null;
    }

    private static BuildReport Report(JsonElement root) => new(
        Image(root), IsTrue(root, "succeeded"), root.Text("started"), root.Text("dockerfile"), [.. root.Items("steps").Select(Step)])
    {
        Inputs = Inputs(root.Member("inputs")),
        CacheNotRead = [.. root.Items("cacheNotRead").Select(cache => new UnreadCache(cache.Text("reference"), cache.Text("reason")))],
        Notes = [.. root.Items("notes").Select(note => new ReportNote((int)(note.Number("step") ?? -1), note.Text("text")))],
        History = [.. root.Items("history").Select(Past)],
    };

    private static BuiltImage Image(JsonElement root) => new()
    {
        Name = root.Text("name"),
        References = root.Texts("references"),
        Digest = root.Text("digest"),
        Seconds = (root.Number("milliseconds") ?? 0) / 1000.0,
        StepsCached = (int)(root.Number("stepsCached") ?? 0),
        StepsRun = (int)(root.Number("stepsRun") ?? 0),
        ContextBytes = root.Number("contextBytes") ?? 0,
        PushedBytes = root.Number("pushedBytes") ?? -1,
        Size = root.Number("size") ?? -1,
        CacheRead = root.Texts("cacheRead"),
        CacheWritten = root.Texts("cacheWritten"),
    };

    private static ReportInputs Inputs(JsonElement inputs) => new(
        inputs.Text("context"),
        inputs.Text("target"),
        inputs.Texts("platforms"),
        inputs.Texts("arguments"),
        inputs.Texts("namedContexts"),
        [.. inputs.Items("bases").Select(image => new BaseImage(image.Text("reference"), image.Text("digest")))]);

    private static ReportStep Step(JsonElement step, int index) => new(
        index,
        step.Text("name"),
        step.Text("stage"),
        step.Text("instruction"),
        step.Text("kind"),
        step.Number("start") ?? -1,
        step.Number("end") ?? -1,
        [])
    {
        Platform = step.Text("platform"),
        Spans = [.. step.Items("spans").Select(Span).OfType<ReportSpan>()],
        PulledBytes = step.Number("pulledBytes") ?? 0,
    };

    private static ReportSpan? Span(JsonElement span) =>
        span.ValueKind == JsonValueKind.Array && span.GetArrayLength() == 2
            && span[0] is { ValueKind: JsonValueKind.Number } first && first.TryGetInt64(out var start)
            && span[1] is { ValueKind: JsonValueKind.Number } last && last.TryGetInt64(out var end)
            ? new ReportSpan(start, end) : null;

    private static PastBuild Past(JsonElement past) => new(
        past.Text("started"),
        IsTrue(past, "succeeded"),
        past.Number("milliseconds") ?? 0,
        (int)(past.Number("cached") ?? 0),
        (int)(past.Number("run") ?? 0),
        past.Number("contextBytes") ?? 0,
        past.Number("pushedBytes") ?? -1);

    private static bool IsTrue(JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;
}
