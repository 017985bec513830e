using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Tests.Diagnostics.Examples;

namespace BuildKit.Core.Tests.Diagnostics;

/// <summary>
/// The diagnostics for a browser, which goes to a heading of HTML but not of Markdown: <c>docs/diagnostics.html</c>, where help
/// links lead.
/// </summary>
public static partial class DiagnosticsHtml
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <title>BuildKit.Tasks: diagnostics</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; color-scheme: light dark; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .7em; border: 1px solid #8886; border-radius: 4px; }
        code, pre { font-size: .9em; }
        h3:target { background: #fd05; }
        </style>
        </head>
        <body>
        <h1>BuildKit.Tasks: diagnostics</h1>
        <p>An error ends the build. A warning does not; <code>NoWarn</code> silences it. A message is information in the log.</p>

        """;

    /// <summary>The page, which is XML as well.</summary>
    public static string Render()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var (prefix, title) in DiagnosticsPage.Ranges)
        {
            page.Append("<h2>").Append(Text(title)).Append("</h2>\n");
            foreach (var entry in DiagnosticCatalogue.All.Where(entry => entry.Code.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Append(page, entry);
            }
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, DiagnosticDescriptor entry)
    {
        page.Append("<h3 id=\"").Append(entry.Code.ToLowerInvariant()).Append("\">").Append(entry.Code).Append("</h3>\n");
        page.Append("<p><b>").Append(Text(entry.Title)).Append("</b> (").Append(DiagnosticExamples.Name(entry.Severity)).Append(")</p>\n");
        if (DiagnosticExamples.Of(entry.Code) is { } example)
        {
            page.Append("<pre>").Append(WebUtility.HtmlEncode(DiagnosticExamples.Line(example))).Append("</pre>\n");
        }

        page.Append("<p>Cause: ").Append(Text(entry.Cause)).Append("</p>\n");
        page.Append("<p>Remedy: ").Append(Text(entry.Remedy)).Append("</p>\n");
    }

    private static string Text(string markdown) =>
        Code().Replace(WebUtility.HtmlEncode(markdown), "<code>$1</code>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
