using BuildKit.Core.Images;

namespace BuildKit.Core.Reports;

/// <summary>What is reported about an image at its end.</summary>
public static class ImageSummary
{
    /// <summary>
    /// The result: where the image went; how much of it is new, how long that took and why; its digest. Put behind the project's
    /// name, MSBuild's terminal logger makes it the project's result. The first line has a space before the first colon or slash,
    /// because that logger makes a link of what looks like an address.
    /// </summary>
    public static string Result(BuiltImage image)
    {
        var page = image.Page.Length == 0 ? "" : $"timeline{(image.IsPageOnRunner ? " on the runner" : "")}: {image.Page}";
        string[] lines = [Destination(image), image.Unchanged ? "" : Facts(image), image.Digest, page, .. image.Details];
        return string.Join("\n    ", lines.Where(line => line.Length > 0));
    }

    /// <summary>How the image came about, on one line.</summary>
    public static string Facts(BuiltImage image)
    {
        var size = image.Size < 0 ? "" : Quantity.Bytes(image.Size);
        string[] facts =
        [
            image.PushedBytes < 0 ? size : Quantity.Bytes(image.PushedBytes) + (size.Length > 0 ? $" of {size} new" : " new"),
            Quantity.Seconds(image.Seconds),
            image is { FromDockerfile: true, StepsCached: > 0 }
                ? $"{image.StepsCached} of {image.StepsCached + image.StepsRun} steps from the cache"
                : "",
            image.Reason.Length == 0 ? "" : $"because {image.Reason}",
        ];
        return string.Join(", ", facts.Where(fact => fact.Length > 0));
    }

    private static string Destination(BuiltImage image)
    {
        var name = Counted(image.References.DefaultIfEmpty(image.Name), "tag");
        var files = image.Files.Count == 0 ? "" : Counted(image.Files.Select(file => file.Split('|')[0]), "file");
        if (image.Unchanged)
        {
            return image.Pushed ? $"unchanged in the registry: {name}" : image.Loaded ? $"unchanged in the engine: {name}"
                : $"unchanged: {(files.Length > 0 ? files : name)}";
        }

        string[] went =
        [
            image.Pushed && image.Loaded ? $"pushed {name}, loaded it into the engine" : image.Pushed ? $"pushed {name}"
                : image.Loaded ? $"loaded {name} into the engine" : "",
            files.Length == 0 ? "" : $"wrote {files}",
        ];
        return went.All(part => part.Length == 0) ? $"built {name} into the builder's cache only"
            : string.Join(", ", went.Where(part => part.Length > 0));
    }

    private static string Counted(IEnumerable<string> names, string noun)
    {
        var all = names.ToList();
        return all[0] + all.Count switch { 1 => "", 2 => $" and 1 more {noun}", _ => $" and {all.Count - 1} more {noun}s" };
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

    private static string Row(string name, string value) => $"  {name,-10} {value}".TrimEnd();

    // The time stands at the end, so that the command is what gets shorter.
    private static string Shortened(string slowest)
    {
        const int longest = 90;
        var time = slowest.Length > longest && slowest.Split(' ') is [.., var number, var unit] ? $"  {number} {unit}" : "";
        return time.Length == 0 ? slowest : string.Concat(slowest.AsSpan(0, longest - time.Length), "…", time);
    }
}
