using BuildKit.Core.Images;

namespace BuildKit.Core.Reports;

/// <summary>What is reported about an image at its end.</summary>
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

    /// <summary>At most six lines, aligned, as one text: lines of several images that are built at once do not mix.</summary>
    public static string Block(BuiltImage image) => string.Join('\n', Rows(image));

    private static IEnumerable<string> Rows(BuiltImage image)
    {
        // A name that is longer than the column stands alone in it.
        yield return Row(image.Name, image.References.Count == 0 ? ""
            : image.References[0] + (image.References.Count > 1 ? $" and {image.References.Count - 1} more" : ""));
        if (image.Digest.Length > 0)
        {
            yield return Row("digest", image.Digest + (image.Size < 0 ? "" : $"  ({Size(image)})"));
        }

        yield return Row("time",
            Quantity.Seconds(image.Seconds) + (image.SlowestStep.Length == 0 ? "" : $"   slowest: {Shortened(image.SlowestStep)}"));
        yield return Row("steps", $"{image.StepsCached} cached, {image.StepsRun} run");
        if (image.CacheSummary.Length > 0)
        {
            yield return Row("cache", image.CacheSummary);
        }

        yield return Row("sent", $"{Quantity.Bytes(image.ContextBytes)} context"
            + (image.PushedBytes < 0 ? "" : $"   pushed {Quantity.Bytes(image.PushedBytes)}"));
    }

    private static string Size(BuiltImage image) =>
        Quantity.Bytes(image.Size) + (image.PushedBytes < 0 ? "" : $", {Quantity.Bytes(image.PushedBytes)} of it new");

    private static IEnumerable<string> Facts(BuiltImage image)
    {
        yield return Quantity.Seconds(image.Seconds);
        yield return $"{image.StepsCached} of {image.StepsCached + image.StepsRun} steps cached";
        if (image.PushedBytes >= 0)
        {
            yield return $"pushed {Quantity.Bytes(image.PushedBytes)}";
        }

        if (image.Page.Length > 0)
        {
            yield return $"timeline{(image.IsPageOnRunner ? " on the runner" : "")}: {image.Page}";
        }
    }

    private static string Row(string name, string value) => $"  {name,-10} {value}".TrimEnd();

    // The time stands at the end, so that the command is what gets shorter.
    private static string Shortened(string slowest)
    {
        const int longest = 90;
        var time = slowest.Length > longest && slowest.Split(' ') is [.., var number, var unit] ? $"  {number} {unit}" : "";
        return time.Length == 0 ? slowest : string.Concat(slowest.AsSpan(0, longest - time.Length), "…", time);
    }
}
