using System.Text;

namespace BuildKit.Core.Reports;

/// <summary>The page that shows a report: one HTML file that needs nothing else. Its form is in <c>timeline.html</c>.</summary>
public static class TimelinePage
{
    private const string Place = "/*REPORT*/null";

    /// <summary>The page in UTF-8.</summary>
    /// <param name="json">The report, as <see cref="ReportJson"/> writes it.</param>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var stream = typeof(TimelinePage).Assembly.GetManifestResourceStream("timeline.html")!;
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace(Place, Encoding.UTF8.GetString(json.Span), StringComparison.Ordinal));
    }
}
