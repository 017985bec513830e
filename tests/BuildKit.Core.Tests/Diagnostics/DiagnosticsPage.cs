using System.Globalization;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Tests.Diagnostics.Examples;

namespace BuildKit.Core.Tests.Diagnostics;

/// <summary>
/// The page that explains each code, made from the catalogue: <c>src/BuildKit.Core/Diagnostics/README.md</c>, to which
/// <see cref="DiagnosticCatalogue.HelpLink"/> leads.
/// </summary>
public static class DiagnosticsPage
{
    private static readonly (string Prefix, string Title)[] Ranges =
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
        ("BK9", "Our own fault"),
    ];

    /// <summary>The page in Markdown, with line feeds.</summary>
    public static string Render()
    {
        var page = new StringBuilder();
        page.Append("# Diagnostics\n\n");
        page.Append("What each code means and what to do. Made from the catalogue: after a change, run the tests with `BUILDKIT_UPDATE_GOLDEN=1`.\n\n");
        page.Append("Errors end the build; warnings can be silenced with `<NoWarn>$(NoWarn);BK4001</NoWarn>`; messages are in the log. Each has an example, as the log shows it.\n");
        foreach (var (prefix, title) in Ranges)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n# {title}\n");
            foreach (var descriptor in DiagnosticCatalogue.All.Where(entry => entry.Code.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Append(page, descriptor);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, DiagnosticDescriptor descriptor)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {descriptor.Code}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"**{descriptor.Title}** ({DiagnosticExamples.Name(descriptor.Severity)})\n\n");
        if (DiagnosticExamples.Of(descriptor.Code) is { } example)
        {
            page.Append(CultureInfo.InvariantCulture, $"```text\n{DiagnosticExamples.Line(example)}\n```\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"Cause: {descriptor.Cause}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Remedy: {descriptor.Remedy}\n");
    }
}
