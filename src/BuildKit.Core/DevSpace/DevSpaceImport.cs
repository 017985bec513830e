using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Settings;

namespace BuildKit.Core.DevSpace;

/// <summary>Writes the images of devspace.yaml as the MSBuild items that stand for them, for the repository.</summary>
public static partial class DevSpaceImport
{
    private const string NoTagsGiven = "'$(ContainerImageTag)$(ContainerImageTags)$(PublishImageTag)' == ''";

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
        sink.Message(MessageLevel.Result, $"wrote {importFile}: import it, and remove BuildKitDevSpaceFile");
        return descriptions;
    }

    private static IEnumerable<XElement> Elements(
        DevSpaceImage image, ImageDescription description, ImportedValues values, string folder, bool tagsAreGiven, IDiagnosticSink sink)
    {
        var attributes = description.Metadata.Where(pair => pair.Key != "ContainerImageTags").OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new XAttribute(pair.Key, Metadata(image, pair.Key, pair.Value, values, folder)));
        yield return new XElement("BuildKitImageDefinition", new XAttribute("Include", MSBuildText.Escape(description.Name)), attributes,
            Tags(image, description.Metadata.GetValueOrDefault("ContainerImageTags", ""), values, tagsAreGiven));
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

    // As with "devspace -t", tags that the project or a command line names take the place of the entry's; what an argument
    // of the entry adds stays. Those of the entry come first.
    private static IEnumerable<XElement> Tags(DevSpaceImage image, string value, ImportedValues values, bool tagsAreGiven)
    {
        var own = tagsAreGiven ? 0 : image.Tags.Count;
        var added = Tags(value.Split(';', StringSplitOptions.RemoveEmptyEntries).Skip(own), values);
        if (added.Length > 0)
        {
            yield return new XElement("ContainerImageTags", added);
        }

        if (own > 0)
        {
            var written = string.Join(';', new[] { Tags(image.Tags, values), added }.Where(text => text.Length > 0));
            yield return new XElement("ContainerImageTags", new XAttribute("Condition", NoTagsGiven), written);
        }
    }

    private static string Metadata(DevSpaceImage image, string key, string value, ImportedValues values, string folder)
    {
        if (IsPath(key, value))
        {
            values.Freeze(value, key, key == "BuildKitDockerfile" ? ".dockerfile" : ".context");
            return Relative(value, folder);
        }

        return key switch
        {
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
