using System.Xml.Linq;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Settings;

/// <summary>Writes images as the MSBuild items that stand for them.</summary>
public static class ItemFile
{
    private static readonly string[] Paths = ["BuildKitDockerfile", "BuildKitContext", "File", "Path", "Source", "Src", "Dest"];

    /// <summary>Writes a project file to import. Paths inside are relative to it.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="images">The images.</param>
    /// <param name="sink">Where is told that it is written.</param>
    public static void Write(string file, IReadOnlyList<ImageDescription> images, IDiagnosticSink sink)
    {
        var folder = Path.GetDirectoryName(file)!;
        var group = new XElement("ItemGroup");
        foreach (var image in images)
        {
            group.Add(Element("BuildKitImageDefinition", image.Name, image.Metadata, folder));
            foreach (var item in image.Items)
            {
                var metadata = new Dictionary<string, string>(item.Metadata) { ["Image"] = image.Name };
                group.Add(Element(item.ItemName, item.Include, metadata, folder));
            }
        }

        File.WriteAllText(file, new XElement("Project", group) + "\n");
        sink.Message(MessageLevel.Important, $"Wrote {file}. Import it, and remove BuildKitDevSpaceFile.");
    }

    private static XElement Element(string name, string include, IReadOnlyDictionary<string, string> metadata, string folder) =>
        new(name, new XAttribute("Include", Escape(include)),
            metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new XAttribute(pair.Key, Value(pair.Key, pair.Value, folder))));

    // What MSBuild would take for its own: a list, a property, an escape.
    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal)
        .Replace("@", "%40", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("*", "%2A", StringComparison.Ordinal)
        .Replace("?", "%3F", StringComparison.Ordinal);

    private static string Value(string name, string value, string folder) =>
        Paths.Contains(name) && Path.IsPathFullyQualified(value)
            ? "$(MSBuildThisFileDirectory)" + Escape(Path.GetRelativePath(folder, value).Replace('\\', '/'))
            : Escape(value);
}
