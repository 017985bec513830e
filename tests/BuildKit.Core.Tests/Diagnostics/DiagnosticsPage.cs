using System.Globalization;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Tests.Diagnostics.Examples;

namespace BuildKit.Core.Tests.Diagnostics;

/// <summary>
/// The page that explains each code, made from the catalogue: <c>docs/diagnostics.md</c>, and the same as HTML, to which
/// <see cref="HelpPage"/> leads.
/// </summary>
public static class DiagnosticsPage
{
    internal static readonly (string Prefix, string Title)[] Ranges =
    [
        ("BK1", "Engine and builder"),
        ("BK2", "Properties and items"),
        ("BK30", "Dockerfile and context"),
        ("BK31", "Steps of the Dockerfile"),
        ("BK32", "Checks of the Dockerfile, by BuildKit"),
        ("BK33", "Checks of the Dockerfile, by this package"),
        ("BK4", "Caches"),
        ("BK5", "Push, load and result"),
        ("BK61", "DevSpace and Compose files"),
        ("BK62", "Images of several projects in one bake"),
        ("BK7", "Cleaning up caches"),
        ("BK9", "Faults of this package"),
    ];

    /// <summary>The page in Markdown, with line feeds.</summary>
    public static string Render()
    {
        var page = new StringBuilder();
        page.Append("# Diagnostics\n\n");
        page.Append("<!-- Written by a test from the catalogue: run the tests with BUILDKIT_UPDATE_GOLDEN=1 after a change. -->\n\n");
        page.Append("Find a code with the search of your editor or browser. Each entry has an example, the cause and the remedy.\n\n");
        page.Append("- An **error** ends the build.\n");
        page.Append(
            "- A **warning** does not. Silence one with `<NoWarn>$(NoWarn);BK4001</NoWarn>` in the project, or make it an error with "
                + "`<WarningsAsErrors>`.\n");
        page.Append("- A **message** is information in the log.\n");
        foreach (var (prefix, title) in Ranges)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var descriptor in DiagnosticCatalogue.All.Where(entry => entry.Code.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Append(page, descriptor);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, DiagnosticDescriptor descriptor)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {descriptor.Code}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"**{descriptor.Title}** ({DiagnosticExamples.Name(descriptor.Severity)})\n\n");
        if (DiagnosticExamples.Of(descriptor.Code) is { } example)
        {
            page.Append(CultureInfo.InvariantCulture, $"```text\n{DiagnosticExamples.Line(example)}\n```\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"Cause: {descriptor.Cause}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Remedy: {descriptor.Remedy}\n");
    }
}
