using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Settings;

namespace BuildKit.Core.DevSpace;

/// <summary>Writes the images of devspace.yaml as the MSBuild items that stand for them, for the repository.</summary>
public static partial class DevSpaceImport
{
    private static readonly string[] Paths = ["BuildKitDockerfile", "BuildKitContext", "File", "Path", "Source", "Src", "Dest"];

    /// <summary>Reads a file and writes a project file to import; paths in it are relative to it.</summary>
    /// <param name="file">Full path of devspace.yaml.</param>
    /// <param name="importFile">Full path of the file to write.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx; when one is an error, nothing is written.</param>
    /// <returns>The images.</returns>
    public static IReadOnlyList<ImageDescription> Write(string file, string importFile, DevSpaceOptions options, IDiagnosticSink sink)
    {
        var counting = new CountingSink(sink);
        var descriptions = new List<ImageDescription>();
        var properties = new ImportedProperties(counting);
        var items = new XElement("ItemGroup");
        try
        {
            foreach (var image in DevSpaceImages.Read(file, options, counting))
            {
                var dockerfile = ImportedDockerfile.Of(image, importFile, counting);
                var description = DevSpaceImages.Describe(image, dockerfile, options, counting);
                descriptions.Add(description);
                items.Add(Elements(image, description, new ImportedValues(image, properties, counting), Path.GetDirectoryName(importFile)!,
                    options.TagsAreGiven, counting));
            }
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(counting.Report);
        }

        if (counting.HasErrors)
        {
            return [];
        }

        var group = new XElement("PropertyGroup", properties.Elements);
        File.WriteAllText(importFile, new XElement("Project", group.HasElements ? group : null, items) + "\n");
        sink.Message(MessageLevel.Important, $"Wrote {importFile}. Import it, and remove BuildKitDevSpaceFile.");
        return descriptions;
    }

    private static IEnumerable<XElement> Elements(
        DevSpaceImage image, ImageDescription description, ImportedValues values, string folder, bool tagsAreGiven, IDiagnosticSink sink)
    {
        var attributes = description.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new XAttribute(pair.Key, Metadata(image, pair.Key, pair.Value, values, folder, tagsAreGiven)));
        yield return new XElement("BuildKitImageDefinition", new XAttribute("Include", MSBuildText.Escape(description.Name)), attributes);
        foreach (var item in description.Items)
        {
            yield return Element(image, description.Name, item, values, folder, sink);
        }
    }

    private static XElement Element(
        DevSpaceImage image, string name, DescribedItem item, ImportedValues values, string folder, IDiagnosticSink sink)
    {
        var paths = item.ItemName == "BuildKitBuildArg" ? new[] { $".buildArgs.{item.Include.Split('=')[0]}", ".args" } : [".args"];
        var element = new XElement(item.ItemName, new XAttribute("Include", values.Express(item.Include, paths)));
        foreach (var (key, value) in item.Metadata.Append(new("Image", name)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (key == "Value" && values.IsSecret(item.Include, value, paths))
            {
                sink.Report(DevSpaceDiagnostics.ImportedValue.At(image.Location, $"The value of {item.Include}", "looks like a credential",
                    item.ItemName == "BuildKitBuildArg"
                        ? $"it is not written, and taken from the environment variable {item.Include}; better make it a BuildKitSecret"
                        : "it is not written; set it where it is known"));
            }
            else if (key == "Value" && item.ItemName == "BuildKitBuildArg" && values.IsEnvironmentVariable(item.Include, value, paths))
            {
                // Without a value an argument has that of the environment variable.
            }
            else if (IsPath(key, value))
            {
                values.Freeze(value, key, paths);
                element.Add(new XAttribute(key, Relative(value, folder)));
            }
            else
            {
                element.Add(new XAttribute(key, key == "Image" ? MSBuildText.Escape(value) : values.Express(value, paths)));
            }
        }

        return element;
    }

    private static string Metadata(DevSpaceImage image, string key, string value, ImportedValues values, string folder, bool tagsAreGiven)
    {
        if (IsPath(key, value))
        {
            values.Freeze(value, key, key == "BuildKitDockerfile" ? ".dockerfile" : ".context");
            return Relative(value, folder);
        }

        return key switch
        {
            // Those of the entry as written; what follows came from arguments.
            "ContainerImageTags" when tagsAreGiven => Tags(value.Split(';'), values),
            "ContainerImageTags" => Tags([.. image.Tags, .. value.Split(';').Skip(image.Tags.Count)], values),
            "ContainerRegistry" or "ContainerRepository" => values.Express(value, ".image"),
            _ => values.Express(value, ".target", ".network", ".args", ".skipPush", ".rebuildStrategy"),
        };
    }

    // Each run of '#' is so many characters by chance.
    private static string Tags(IEnumerable<string> tags, ImportedValues values) => string.Join(';', tags.Select(tag =>
        Random().Replace(values.Express(tag, ".tags", ".tag", ".image", ".args"), run => MSBuildText.RandomCharacters(run.Length))));

    private static bool IsPath(string key, string value) => Paths.Contains(key) && Path.IsPathFullyQualified(value);

    private static string Relative(string path, string folder) =>
        "$(MSBuildThisFileDirectory)" + MSBuildText.Escape(Path.GetRelativePath(folder, path).Replace('\\', '/'));

    [GeneratedRegex("#+")]
    private static partial Regex Random();
}
