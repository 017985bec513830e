using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads the entries of <c>images</c>, in the forms of v2beta1 and v1beta.</summary>
/// <param name="folder">Full path of the folder that paths are relative to.</param>
/// <param name="version">Number of the file's version: 1 for v1beta1, 12 for v2beta1.</param>
/// <param name="sink">Gets all that is wrong or not carried.</param>
internal sealed class DevSpaceImageReader(string folder, int version, IDiagnosticSink sink)
{
    /// <summary>Whether a command builds the image, so that nothing else of the entry counts here.</summary>
    /// <param name="entry">The entry, variables not filled in.</param>
    public bool IsCustom(YamlEntry entry) =>
        entry.Value is YamlMap image && (version == DevSpaceSchema.LatestNumber ? image : image["build"] as YamlMap)?["custom"] is YamlMap;

    /// <summary>Reports that a command builds an image.</summary>
    public void LeaveCustom(YamlEntry entry)
    {
        var fields = new YamlFields((YamlMap)entry.Value, $"images.{entry.Key}", sink);
        fields.RefuseOthers(DevSpaceSchema.Image(version));
        new DevSpaceEngineReader(version, sink).LeaveCustom(fields);
    }

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
        fields.RefuseOthers(DevSpaceSchema.Image(version));
        var build = fields.Fields("build");
        if (build?.Switch("disabled") == true)
        {
            sink.Message(MessageLevel.Normal, $"images.{name} is disabled.");
            return null;
        }

        var (reference, tag) = Reference(fields, name);
        // In v1beta1 they stand under build.
        var places = version == 1 ? build ?? fields : fields;
        var image = new DevSpaceImage(prefix + name, reference, entry.Location)
        {
            Tags = [.. tag, .. Tags(fields)],
            Dockerfile = FullPath(places, "dockerfile", "./Dockerfile"),
            Context = FullPath(places, "context", "./"),
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
        WarnAbout(fields, "insecure", "the builder knows which registries are insecure; a BuildKitRegistry item tells a builder of your own");
        return new DevSpaceEngineReader(version, sink).Read(image, fields);
    }

    private static IReadOnlyList<string>? Values(IReadOnlyList<YamlScalar>? texts) => texts is null ? null : [.. texts.Select(text => text.Value)];

    // A tag in the name is the first of the tags, as in DevSpace (adjust.go).
    private (string Name, IReadOnlyList<string> Tag) Reference(YamlFields fields, string name)
    {
        var text = fields.Text("image").Trim();
        var reference = ImageReference.TryParse(text);
        var wrong = !WrittenPath.IsName(name) ? "has a name that is none: letters, digits, '-', '_' and '.' are"
            : text.Length == 0 ? "has no image"
            : reference is null ? $"is called \"{text}\", which is no valid image name"
            : reference.Digest.Length > 0 ? $"is called \"{text}\", but a digest names an image that is there already"
            : null;
        if (wrong is not null)
        {
            sink.Report(DevSpaceDiagnostics.InvalidImage.At(fields.At("image"), name, wrong));
            return (text, []);
        }

        return reference!.Name.Length == text.Length ? (text, []) : (reference.Name, [reference.Tag]);
    }

    private IReadOnlyList<string> Tags(YamlFields fields)
    {
        var tags = (fields.Texts("tags") ?? []).Select(tag => fields.Text(tag, "a tag")).ToList();
        if (fields.Text("tag") is { Length: > 0 } single)
        {
            tags.Add(single);
        }

        if (fields.Switch("tagsAppendRandom") == true)
        {
            tags = [.. tags.Select(tag => tag + "-#####")];
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
                sink.Report(DevSpaceDiagnostics.NotCarried.At(fields.At("rebuildStrategy"), $"{fields.Name}.rebuildStrategy: ignoreContextChanges",
                    "an image whose context changed is built, because the old one would be wrong"));
                return false;
            case var other:
                sink.Report(DevSpaceDiagnostics.WrongKind.At(fields.At("rebuildStrategy"), $"{fields.Name}.rebuildStrategy",
                    "default, always or ignoreContextChanges", $"\"{other}\""));
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
