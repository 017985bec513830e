using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builds;

/// <summary>What was decided for a build, and what took its time: the lines below its result with <c>BuildKitProgress=details</c>.</summary>
internal static class BuildDetails
{
    /// <summary>The lines.</summary>
    /// <param name="session">The build.</param>
    /// <param name="image">Its result.</param>
    /// <param name="report">Its report; null when it could not be written.</param>
    /// <param name="redactor">Takes secrets out.</param>
    public static IReadOnlyList<string> Of(BuildSession session, BuiltImage image, BuildReport? report, SecretRedactor redactor)
    {
        var (request, builder) = (session.Plan.Request, session.Builder);
        var steps = report?.Steps.Where(step => step.Kind == "run")
            .Select(step => $"step       {step.Title}  {Quantity.Seconds(step.Took / 1000.0)}") ?? [];
        return
        [
            $"from       {redactor.Redact(request.Source)}",
            $"builder    {builder.DisplayName} ({builder.Kind}) at {builder.Endpoint}",
            .. Caches("reads", request.CacheFrom),
            .. Caches("writes", request.CacheTo),
            .. steps.Select(redactor.Redact),
            .. ImageSummary.Block(image).Split('\n').Skip(2).Select(line => line.Trim()),
        ];
    }

    private static string[] Caches(string verb, IReadOnlyList<CacheReference> caches) =>
        caches.Count == 0 ? [] : [$"{verb,-10} {string.Join(", then ", caches.Select(cache => cache.Display))}"];
}
