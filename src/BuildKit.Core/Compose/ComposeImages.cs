using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
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
        var project = ComposeProject.In(Path.GetDirectoryName(files[0])!, options.Environment);
        var root = new ComposeFiles(sink).Read(files, project);
        var services = new ComposeServices(root, options, sink);
        var images = new List<ImageDescription>();
        foreach (var entry in services.Wanted())
        {
            var image = Describe(entry, root, project, images, options, sink);
            var builtOn = ComposeServices.BuiltOn((YamlMap)entry.Value).Select(service => service.Name).Distinct();
            image.Set(ImageDescription.BuiltOn, string.Join(';', builtOn));
            image.Set(ImageDescription.ForOthers, services.IsAskedFor(entry) ? "" : "true");
            images.Add(image);
        }

        if (options.Dockerfile.Length > 0)
        {
            TakeOf(options.Dockerfile, images);
        }
        else if (images.Count == 0 && options.Services.Count == 0)
        {
            sink.Report(DevSpaceDiagnostics.NoImages.At(root.Location, Path.GetFileName(files[0]),
                services.Profiles.Count == 0 ? "" : $" with the profiles {string.Join(", ", services.Profiles)}"));
        }

        return images;
    }

    // The images of one Dockerfile, and what they are built on, which another project may own.
    private static void TakeOf(string dockerfile, List<ImageDescription> images)
    {
        var own = images.Where(image => image.Metadata.GetValueOrDefault("BuildKitDockerfile") == dockerfile).ToList();
        var needed = ImageDescription.WithBuiltOn(
            images, own, image => image.Name, image => image.Metadata.GetValueOrDefault(ImageDescription.BuiltOn, ""));
        images.RemoveAll(image => !needed.Contains(image));
        images.Except(own).ToList().ForEach(image => image.Set(ImageDescription.ForOthers, "true"));
    }

    private static ImageDescription Describe(
        YamlEntry entry, YamlMap root, ComposeProject project, List<ImageDescription> before, ComposeOptions options, IDiagnosticSink sink)
    {
        var service = new YamlFields((YamlMap)entry.Value, $"services.{entry.Key}", sink);
        var build = service.Fields("build")!;
        if (!WrittenPath.IsName(entry.Key))
        {
            throw new DiagnosticException(DevSpaceDiagnostics.InvalidImage.At(
                entry.Location, entry.Key, "has a name that is none: letters, digits, '-', '_' and '.' are"));
        }

        var image = new ImageDescription(entry.Key, entry.Location);
        var names = new ComposeNames(options, sink);
        image.Set("BuildKitImageSource", "Dockerfile");
        image.Set("BuildKitDockerfile", DockerfileOf(entry.Key, build, project.Folder, options));
        names.Set(image, service, build);
        new ComposeBuildReader(root, project, sink)
        {
            ProcessEnvironment = options.Environment,
            ReferenceOf = name => names.ReferenceOf(before.Find(other => other.Name == name)!),
        }.Read(image, build);
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
        if (build.Map["dockerfile_inline"] is YamlScalar { IsNull: false } inline)
        {
            var file = Path.Combine(options.IntermediateFolder, name + ".Dockerfile");
            Directory.CreateDirectory(options.IntermediateFolder);
            DevSpaceDockerfile.Write(file, inline.Text);
            var at = inline.Location;
            DockerfileOrigin.Write(file, [new(1, int.MaxValue / 2, at.File, at.Line + (inline.IsBlock ? 1 : 0), IsOnePlace: !inline.IsBlock)]);
            return file;
        }

        var path = build.Text("dockerfile") is { Length: > 0 } named ? named : "Dockerfile";
        return WrittenPath.Full(NamedContext.HasScheme(context) ? folder : context, path, build.At("dockerfile"));
    }
}
