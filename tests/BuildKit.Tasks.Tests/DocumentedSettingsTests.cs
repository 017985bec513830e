using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;

namespace BuildKit.Tasks.Tests;

/// <summary>
/// Every property, item and metadata that a document shows, in a block or in a line, is one that the package reads, with a value that
/// it takes.
/// </summary>
public sealed partial class DocumentedSettingsTests
{
    private static readonly IEnumerable<string> Pages = DocumentsTests.Written;

    [TestCaseSource(nameof(Pages))]
    public void Properties_of_snippets_have_values_that_are_taken(string page) =>
        Assert.Multiple(() => Snippets(page).SelectMany(Properties).ToList()
            .ForEach(property => AssertTaken(property.Name.LocalName, property.Value)));

    [TestCaseSource(nameof(Pages))]
    public void Properties_of_commands_have_values_that_are_taken(string page)
    {
        var given = GlobalProperty().Matches(DocumentsTests.Read(page)).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value));
        Assert.Multiple(() => given.ToList().ForEach(one => AssertTaken(one.Item1, one.Item2.Replace("%3B", ";", StringComparison.Ordinal))));
    }

    [TestCaseSource(nameof(Pages))]
    public void Items_of_snippets_have_metadata_that_is_read(string page)
    {
        foreach (var item in Snippets(page).SelectMany(Items))
        {
            var row = ItemTable.All.SingleOrDefault(row => row.Name == item.Name.LocalName);
            Assert.That(row, Is.Not.Null, item.ToString());
            Assert.That(item.Attribute("Include"), Is.Not.Null, item.ToString());
            var metadata = item.Attributes().Select(attribute => attribute.Name.LocalName).Except(["Include", "Image", .. row!.Metadata]);
            Assert.That(metadata.Where(name => !IsRead(row.Name, name)), Is.Empty, item.ToString());
        }
    }

    private static void AssertTaken(string name, string value)
    {
        if (PropertyTable.Find(name) is not { } property)
        {
            Assert.That(name, Does.Not.StartWith("BuildKit"), $"{name}: no property of this package");
            return;
        }

        var project = new ProjectSettings(
            Repository.PathOf("Shop.Api.csproj"), new Dictionary<string, string> { [name] = value },
            new Dictionary<string, IReadOnlyList<SettingItem>>(), new BuildEnvironment());
        Assert.That(() => project.Check(property), Throws.Nothing, $"{name}={value}");
    }

    private static bool IsRead(string item, string metadata) => item switch
    {
        "BuildKitImageDefinition" => PropertyTable.Find(metadata)?.Use.HasFlag(PropertyUse.Image) == true,
        "BuildKitCacheFrom" or "BuildKitCacheTo" => CacheBackend.WithKey(metadata).Any(),
        "BuildKitNode" => Enum.GetValues<BuilderDriver>().SelectMany(DriverOptions.Of)
            .Any(option => option.Name.Replace("-", "", StringComparison.Ordinal).Equals(metadata, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    // The fenced ones, and those between backticks that look like an element.
    private static IEnumerable<XElement> Snippets(string page)
    {
        var text = DocumentsTests.Read(page);
        var fenced = Fenced().Matches(text).Select(match => match.Groups["xml"].Value);
        var inline = DocumentsTests.Inline(text).Where(code => Regex.IsMatch(code, @"^(<[^<>]*/>|<(\w+)>[^<]*</\2>)$"));
        return fenced.Concat(inline).Where(xml => !xml.Contains('…', StringComparison.Ordinal))
            .Select(xml => XElement.Parse($"<Root>{xml}</Root>"));
    }

    private static IEnumerable<XElement> Properties(XElement snippet) => snippet.Descendants()
        .Where(element => !element.HasElements && !element.HasAttributes && element.Parent!.Name.LocalName is "PropertyGroup" or "Root"
            && element.Name.LocalName is not ("PropertyGroup" or "ItemGroup" or "Project"));

    private static IEnumerable<XElement> Items(XElement snippet) => snippet.Descendants()
        .Where(element => element.Name.LocalName.StartsWith("BuildKit", StringComparison.Ordinal) && element.HasAttributes);

    [GeneratedRegex(@"^```xml\n(?<xml>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"(?<![\w$])-p:(?<name>\w+)=(?:\\?""(?<value>[^""`]+)""|(?<value>[^\s`'""|]+))")]
    private static partial Regex GlobalProperty();
}
