using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads the entries of <c>images</c>, in the forms of v2beta1 and v1beta.</summary>
/// <param name="folder">Full path of the folder that paths are relative to.</param>
/// <param name="isVersion1">Whether the file has a v1beta version.</param>
/// <param name="sink">Gets all that is wrong or not carried.</param>
internal sealed class DevSpaceImageReader(string folder, bool isVersion1, IDiagnosticSink sink)
{
    /// <summary>Reads one entry.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="prefix">Names of the dependencies that led here, each followed by a dash.</param>
    /// <returns>Null when there is nothing to build, or something is wrong.</returns>
    public DevSpaceImage? Read(string name, YamlEntry entry, string prefix)
    {
        if (entry.Value is not YamlMap map)
        {
            sink.Report(DevSpaceDiagnostics.WrongKind.At(entry.Location, $"images.{name}", "a map with at least an image", entry.Value.Kind));
            return null;
        }

        var fields = new YamlFields(map, $"images.{name}", sink);
        fields.RefuseOthers(isVersion1 ? DevSpaceSchema.ImageOfVersion1 : DevSpaceSchema.Image);
        if (fields.Fields("build")?.Switch("disabled") == true)
        {
            sink.Message(MessageLevel.Normal, $"images.{name} is disabled.");
            return null;
        }

        var image = new DevSpaceImage(prefix + name, Reference(fields, name), entry.Location)
        {
            Tags = Tags(fields),
            Dockerfile = FullPath(fields, "dockerfile", "./Dockerfile"),
            Context = FullPath(fields, "context", "./"),
            Entrypoint = Values(fields.Texts("entrypoint")),
            Command = Values(fields.Texts("cmd")),
            AppendedInstructions = Values(fields.Texts("appendDockerfileInstructions")) ?? [],
            SkipPush = fields.Switch("skipPush") ?? false,
            AlwaysRebuild = Rebuild(fields),
        };
        image = new DevSpaceOptionReader(sink).Read(image, fields);
        WarnAbout(fields, "injectRestartHelper", "DevSpace's restart helper belongs to \"devspace dev\"; use dev.*.restartHelper");
        WarnAbout(fields, "injectLegacyRestartHelper", "DevSpace's restart helper belongs to \"devspace dev\"; use dev.*.restartHelper");
        WarnAbout(fields, "preferSyncOverRebuild", "images are built whenever an input changed");
        return new DevSpaceEngineReader(isVersion1, sink).Read(image, fields);
    }

    private static IReadOnlyList<string>? Values(IReadOnlyList<YamlScalar>? texts) => texts is null ? null : [.. texts.Select(text => text.Value)];

    private string Reference(YamlFields fields, string name)
    {
        var text = fields.Text("image");
        var reference = ImageReference.TryParse(text);
        var wrong = !WrittenPath.IsName(name) ? "has a name that is none: letters, digits, '-', '_' and '.' are"
            : text.Length == 0 ? "has no image"
            : reference is null ? $"is called \"{text}\", which is no valid image name"
            : text.Length != reference.Name.Length ? $"is called \"{text}\", but tags belong into tags"
            : null;
        if (wrong is not null)
        {
            sink.Report(DevSpaceDiagnostics.InvalidImage.At(fields.At("image"), name, wrong));
        }

        return text;
    }

    private IReadOnlyList<string> Tags(YamlFields fields)
    {
        var tags = (fields.Texts("tags") ?? []).Select(tag => fields.Text(tag, "a tag")).ToList();
        if (fields.Text("tag") is { Length: > 0 } single)
        {
            tags.Add(single);
        }

        var wrong = tags.Find(tag => !ImageReference.IsTag(tag.Replace('#', 'x')));
        if (wrong is not null)
        {
            sink.Report(PropertyDiagnostics.InvalidTag.At(fields.At("tags"), fields.Name, wrong));
        }

        return tags;
    }

    private string FullPath(YamlFields fields, string key, string fallback)
    {
        var path = fields.Text(key);
        return Path.TrimEndingDirectorySeparator(WrittenPath.Full(folder, path.Length == 0 ? fallback : path, fields.At(key)));
    }

    private bool Rebuild(YamlFields fields)
    {
        switch (fields.Text("rebuildStrategy"))
        {
            case "" or "default":
                return false;
            case "always":
                return true;
            case "ignoreContextChanges":
                sink.Report(DevSpaceDiagnostics.NotCarried.At(fields.At("rebuildStrategy"), $"{fields.Name}.rebuildStrategy: ignoreContextChanges", "an image whose context changed is built, because the old one would be wrong"));
                return false;
            case var other:
                sink.Report(DevSpaceDiagnostics.WrongKind.At(fields.At("rebuildStrategy"), $"{fields.Name}.rebuildStrategy", "default, always or ignoreContextChanges", $"\"{other}\""));
                return false;
        }
    }

    private void WarnAbout(YamlFields fields, string key, string why)
    {
        if (fields.Switch(key) == true)
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(fields.At(key), $"{fields.Name}.{key}", why));
        }
    }
}
