using BuildKit.Core.Systems;

namespace BuildKit.Core.Reports;

/// <summary>The report's files of one image in <c>obj/</c>: <c>NAME.report.json</c> after every build, <c>NAME.html</c> on demand.</summary>
/// <param name="folder">Full path of the folder.</param>
/// <param name="name">Name of the image.</param>
internal sealed class ReportFiles(string folder, string name)
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
    /// <param name="earlier">
    /// Full path of the report of an earlier build that another machine left, or of a folder with it at any depth; empty without one.
    /// Only read when this machine has none.
    /// </param>
    /// <returns>The report with the comparison.</returns>
    public BuildReport Write(BuildReport report, string context, bool page, string earlier = "")
    {
        var previous = ReportReader.TryRead(Json) ?? ReportReader.TryRead(Earlier(earlier));
        report = report with
        {
            Changes = previous is null ? null : BuildComparison.Of(report, previous, BuildComparison.Files(BuiltFiles, Files, context)),
            History = PastBuild.With(report, previous),
        };
        report = report with { Notes = ReportNotes.Of(report) };
        var json = ReportJson.Write(report);
        WholeFile.Write(Json, file => file.Write(json.Span));
        File.Delete(Page);
        if (page)
        {
            WholeFile.Write(Page, file => file.Write(TimelinePage.Of(report)));
        }

        if (File.Exists(Files))
        {
            File.Copy(Files, BuiltFiles, overwrite: true);
        }

        return report;
    }

    // An artifact keeps the folders that its files were in.
    private string Earlier(string earlier)
    {
        try
        {
            return Directory.Exists(earlier)
                ? Directory.EnumerateFiles(earlier, Path.GetFileName(Json), SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .FirstOrDefault() ?? ""
                : earlier;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
