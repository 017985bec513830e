using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>The images that compose files build, in the terms of a project: definitions and items.</summary>
public static class ComposeImages
{
    /// <summary>Reads files.</summary>
    /// <param name="files">Full paths, in order; later ones override earlier ones.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx; when one is an error, the result is not to be built.</param>
    public static IReadOnlyList<ImageDescription> Describe(IReadOnlyList<string> files, ComposeOptions options, IDiagnosticSink sink)
    {
        var counting = new CountingSink(sink);
        try
        {
            var images = Read(files, options, counting);
            return counting.HasErrors ? [] : images;
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(sink.Report);
            return [];
        }
    }

    private static List<ImageDescription> Read(IReadOnlyList<string> files, ComposeOptions options, IDiagnosticSink sink)
    {
        var folder = Path.GetDirectoryName(files[0])!;
        var root = new ComposeFiles(options.Environment, sink).Read(files);
        var services = new YamlFields(root, Path.GetFileName(files[0]), sink).Fields("services")?.Map ?? new YamlMap(root.Location);
        var built = services.Entries.Where(entry => entry.Value is YamlMap service && service["build"] is YamlMap).ToList();
        foreach (var name in options.Services.Where(name => !built.Exists(entry => entry.Key == name)))
        {
            sink.Report(DevSpaceDiagnostics.UnknownService.At(root.Location, name,
                built.Count == 0 ? "no service is built" : "there are " + string.Join(", ", built.Select(entry => entry.Key))));
        }

        var profiles = options.Profiles.Concat(ValueList.Split(options.Environment.GetValueOrDefault("COMPOSE_PROFILES", ""))).ToList();
        var images = new List<ImageDescription>();
        foreach (var entry in built.Where(entry => options.Services.Count > 0 ? options.Services.Contains(entry.Key) : IsActive((YamlMap)entry.Value, profiles)))
        {
            var image = Describe(entry, root, folder, options, sink);
            if (options.Dockerfile.Length == 0 || image.Metadata.GetValueOrDefault("BuildKitDockerfile") == options.Dockerfile)
            {
                images.Add(image);
            }
        }

        if (images.Count == 0 && options.Dockerfile.Length == 0 && options.Services.Count == 0)
        {
            sink.Report(DevSpaceDiagnostics.NoImages.At(root.Location, Path.GetFileName(files[0]), profiles.Count == 0 ? "" : $" with the profiles {string.Join(", ", profiles)}"));
        }

        return images;
    }

    // A service without profiles always counts.
    private static bool IsActive(YamlMap service, List<string> profiles) =>
        service["profiles"] is not YamlList { Items.Count: > 0 } own || profiles.Contains("*")
        || own.Items.OfType<YamlScalar>().Any(profile => profiles.Contains(profile.Value));

    private static ImageDescription Describe(YamlEntry entry, YamlMap root, string folder, ComposeOptions options, IDiagnosticSink sink)
    {
        var service = new YamlFields((YamlMap)entry.Value, $"services.{entry.Key}", sink);
        var build = service.Fields("build")!;
        if (!WrittenPath.IsName(entry.Key))
        {
            throw new DiagnosticException(DevSpaceDiagnostics.InvalidImage.At(entry.Location, entry.Key, "has a name that is none: letters, digits, '-', '_' and '.' are"));
        }

        var image = new ImageDescription(entry.Key, entry.Location);
        image.Set("BuildKitImageSource", "Dockerfile");
        image.Set("BuildKitDockerfile", DockerfileOf(entry.Key, build, folder, options));
        Name(image, service, build, options, sink);
        new ComposeBuildReader(root, folder, sink).Read(image, build);
        // The service's own platform is what it is built for when the build names none.
        if (!image.Metadata.ContainsKey("BuildKitPlatforms"))
        {
            image.Set("BuildKitPlatforms", service.Text("platform"));
        }

        return image;
    }

    private static string DockerfileOf(string name, YamlFields build, string folder, ComposeOptions options)
    {
        var context = build.Text("context");
        var inline = build.Text("dockerfile_inline");
        if (inline.Length > 0)
        {
            Directory.CreateDirectory(options.IntermediateFolder);
            var file = Path.Combine(options.IntermediateFolder, name + ".Dockerfile");
            if (!File.Exists(file) || File.ReadAllText(file) != inline)
            {
                File.WriteAllText(file, inline);
            }

            return file;
        }

        var path = build.Text("dockerfile") is { Length: > 0 } named ? named : "Dockerfile";
        return WrittenPath.Full(NamedContext.HasScheme(context) ? folder : context, path, build.At("dockerfile"));
    }

    private static void Name(ImageDescription image, YamlFields service, YamlFields build, ComposeOptions options, IDiagnosticSink sink)
    {
        var text = service.Text("image");
        if (text.Length == 0)
        {
            // Compose would call it project-service; the service's name is what the project's registry gets.
            image.Set("ContainerRepository", ImageNames.Normalise(image.Name));
            return;
        }

        if (ImageReference.TryParse(text) is not { } reference)
        {
            sink.Report(DevSpaceDiagnostics.InvalidImage.At(service.At("image"), image.Name, $"is called \"{text}\", which is no valid image name"));
            return;
        }

        image.Set("ContainerRegistry", reference.Registry);
        image.Set("ContainerRepository", reference.Repository);
        if (options.TagsAreGiven)
        {
            return;
        }

        var tags = new List<string> { reference.Tag };
        foreach (var tag in ComposeLists.Texts(build.Map["tags"]))
        {
            if (ImageReference.TryParse(tag.Value) is { } other && other.Name == reference.Name)
            {
                tags.Add(other.Tag);
            }
            else
            {
                sink.Report(DevSpaceDiagnostics.NotCarried.At(tag.Location, $"The tag \"{tag.Value}\"", $"it is another image name than {reference.Name}; add a service, or set ContainerRegistry to several registries"));
            }
        }

        image.Set("ContainerImageTags", string.Join(';', tags.Distinct()));
    }
}
