namespace BuildKit.Core.Reports;

/// <summary>The report's files of one image in <c>obj/</c>: <c>NAME.report.json</c> after every build, <c>NAME.html</c> on demand.</summary>
/// <param name="folder">Full path of the folder.</param>
/// <param name="name">Name of the image.</param>
public sealed class ReportFiles(string folder, string name)
{
    /// <summary>Full path of the JSON file.</summary>
    public string Json => Path.Combine(folder, name + ".report.json");

    /// <summary>Full path of the page.</summary>
    public string Page => Path.Combine(folder, name + ".html");

    // The hashes that the last build was made of; the planner has replaced its own file by now.
    private string BuiltFiles => Path.Combine(folder, name + ".built-files");

    private string Files => Path.Combine(folder, name + ".files");

    /// <summary>Writes the report of a build that ended, with the comparison with the one before.</summary>
    /// <param name="report">The report.</param>
    /// <param name="context">The build context, to shorten paths.</param>
    /// <param name="page">Whether the page is written too; an old one is removed otherwise, as it would tell of another build.</param>
    /// <returns>The report with the comparison.</returns>
    public BuildReport Write(BuildReport report, string context, bool page)
    {
        if (ReportJson.TryRead(Json) is { } previous)
        {
            report = report with { Changes = BuildComparison.Of(report, previous, BuildComparison.Files(BuiltFiles, Files, context)) };
        }

        var json = ReportJson.Write(report);
        Move(Json, json.Span);
        File.Delete(Page);
        if (page)
        {
            Move(Page, TimelinePage.Of(json));
        }

        if (File.Exists(Files))
        {
            File.Copy(Files, BuiltFiles, overwrite: true);
        }

        return report;
    }

    private static void Move(string path, ReadOnlySpan<byte> bytes)
    {
        var partial = $"{path}.{Environment.ProcessId}.partial";
        using (var file = File.Create(partial))
        {
            file.Write(bytes);
        }

        File.Move(partial, path, overwrite: true);
    }
}
