using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Projects;

namespace BuildKit.Tasks.Tests;

/// <summary>The tables of properties and items in docs/reference.md, each between two comments that name its heading.</summary>
internal static partial class ReferenceTables
{
    /// <summary>The text with its tables regenerated.</summary>
    public static string Render(string text) => Place().Replace(text, match =>
    {
        var (kind, heading) = (match.Groups["kind"].Value, match.Groups["heading"].Value);
        return $"<!-- {kind}: {heading} -->\n{(kind == "properties" ? Properties(heading) : Items(heading))}<!-- end -->";
    });

    /// <summary>The headings that a text has a table for.</summary>
    public static IEnumerable<string> HeadingsIn(string text, string kind) =>
        Place().Matches(text).Where(match => match.Groups["kind"].Value == kind).Select(match => match.Groups["heading"].Value);

    private static string Properties(string heading)
    {
        var text = new StringBuilder("| property | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var property in PropertyTable.Sections.Single(section => section.Heading == heading).Properties)
        {
            var byDefault = property.DefaultText.Length > 0 ? property.DefaultText : property.Default.Length > 0 ? $"`{property.Default}`" : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | {Value(property)} | {byDefault} | {property.Meaning} |\n");
        }

        return text.ToString();
    }

    private static string Items(string heading)
    {
        var text = new StringBuilder("| item | metadata | meaning |\n|---|---|---|\n");
        foreach (var item in ItemTable.All.Where(item => item.Heading == heading))
        {
            var metadata = item.MetadataText.Length > 0 ? item.MetadataText : string.Join(", ", item.Metadata.Select(name => $"`{name}`"));
            text.Append(CultureInfo.InvariantCulture, $"| `{item.Name}` | {metadata} | {item.Meaning} |\n");
        }

        return text.ToString();
    }

    private static string Value(ProjectProperty property) => (property.Kind switch
    {
        PropertyKind.Switch => "switch",
        PropertyKind.Choice => string.Join(", ", SwitchText.ForPeople(property.Values).Select(value => $"`{value}`")),
        PropertyKind.Choices => "list of " + string.Join(", ", property.Values.Select(value => $"`{value}`")),
        PropertyKind.List => "list",
        PropertyKind.Time => "time",
        PropertyKind.Path => "path",
        _ => "text",
    }) + (property.Use.HasFlag(PropertyUse.Image) ? " ◦" : "");

    [GeneratedRegex(@"<!-- (?<kind>properties|items): (?<heading>[^\n]*?) -->\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Place();
}
