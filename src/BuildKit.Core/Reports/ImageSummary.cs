using BuildKit.Core.Images;

namespace BuildKit.Core.Reports;

/// <summary>What is told about an image at its end.</summary>
public static class ImageSummary
{
    /// <summary>
    /// One line: reference by digest, then how it came about. Put behind the project's name, MSBuild's terminal logger
    /// makes it the project's result.
    /// </summary>
    public static string Line(BuiltImage image)
    {
        var reference = image.References.Count > 0 ? image.References[0] : image.Name;
        var digest = image.Digest.Length > 19 ? "@" + image.Digest[..19] + "…" : "";
        return reference + digest + "  " + (image.Unchanged ? "unchanged" : string.Join(", ", Facts(image)));
    }

    /// <summary>At most six lines, aligned.</summary>
    public static IEnumerable<string> Block(BuiltImage image)
    {
        yield return $"  {image.Name}";
        foreach (var reference in image.References.Take(1))
        {
            yield return Row("image", reference + (image.References.Count > 1 ? $" and {image.References.Count - 1} more" : ""));
        }

        if (image.Digest.Length > 0)
        {
            var size = image.Size < 0 ? "" : $"  ({Quantity.Bytes(image.Size)}{(image.PushedBytes < 0 ? "" : $", {Quantity.Bytes(image.PushedBytes)} of it new")})";
            yield return Row("digest", image.Digest + size);
        }

        yield return Row("time", Quantity.Seconds(image.Seconds) + (image.SlowestStep.Length == 0 ? "" : $"   slowest: {image.SlowestStep}")
            + $"   steps: {image.StepsCached} cached, {image.StepsRun} run");
        if (image.CacheRead.Count + image.CacheWritten.Count > 0)
        {
            yield return Row("cache", $"read {List(image.CacheRead)}, wrote {List(image.CacheWritten)}");
        }

        yield return Row("sent", $"{Quantity.Bytes(image.ContextBytes)} context"
            + (image.PushedBytes < 0 ? "" : $"   pushed {Quantity.Bytes(image.PushedBytes)}"));
    }

    private static IEnumerable<string> Facts(BuiltImage image)
    {
        yield return Quantity.Seconds(image.Seconds);
        yield return $"{image.StepsCached} of {image.StepsCached + image.StepsRun} steps cached";
        if (image.PushedBytes >= 0)
        {
            yield return $"pushed {Quantity.Bytes(image.PushedBytes)}";
        }
    }

    private static string Row(string name, string value) => $"  {name,-8} {value}";

    private static string List(IReadOnlyList<string> references) => references.Count == 0 ? "nothing" : string.Join(", ", references);
}
