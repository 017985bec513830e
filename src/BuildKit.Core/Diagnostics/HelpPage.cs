using System.Reflection;

namespace BuildKit.Core.Diagnostics;

/// <summary>The page that explains each code: of the installed version, or where the documents of this version stand.</summary>
public static class HelpPage
{
    // Set with -p:DocumentationUrl when the package is packed.
    private static readonly string Url = typeof(HelpPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "DocumentationUrl")?.Value ?? "";

    /// <summary>The link to a code, or null where there is no page.</summary>
    public static string? Link(string code) => Link(code, Url, Path.GetDirectoryName(typeof(HelpPage).Assembly.Location) ?? "");

    /// <summary>The link to a code, or null where there is no page.</summary>
    /// <param name="code">A code of the catalogue.</param>
    /// <param name="documentationUrl">Where the documents stand; empty for those of the package.</param>
    /// <param name="toolsFolder">The folder with the assembly, <c>tools/net8.0</c> of the package.</param>
    internal static string? Link(string code, string documentationUrl, string toolsFolder)
    {
        ArgumentNullException.ThrowIfNull(code);
        var anchor = "#" + code.ToLowerInvariant();
        if (documentationUrl.Length > 0)
        {
            return documentationUrl.TrimEnd('/') + "/diagnostics.md" + anchor;
        }

        // HTML, because a browser does not go to a heading of a Markdown file.
        var page = Path.GetFullPath(Path.Combine(toolsFolder, "..", "..", "docs", "diagnostics.html"));
        return File.Exists(page) ? new Uri(page).AbsoluteUri + anchor : null;
    }
}
