using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Settings;

namespace BuildKit.Core.DevSpace;

/// <summary>The images of devspace.yaml in the terms of a project: definitions and items.</summary>
public static class DevSpaceImages
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Full path of devspace.yaml.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx; when one is an error, the result is not to be built.</param>
    public static IReadOnlyList<ImageDescription> Describe(string file, DevSpaceOptions options, IDiagnosticSink sink)
    {
        var images = Read(file, options, sink);
        try
        {
            return [.. images.Select(image => Describe(image, DevSpaceDockerfile.Of(image, options.IntermediateFolder), options, sink))];
        }
        catch (DiagnosticException failure)
        {
            failure.Diagnostics.ToList().ForEach(sink.Report);
            return [];
        }
    }

    /// <summary>Reads the images; none when something is wrong.</summary>
    internal static IReadOnlyList<DevSpaceImage> Read(string file, DevSpaceOptions options, IDiagnosticSink sink)
    {
        var counting = new CountingSink(sink);
        var images = DevSpaceProject.Read(file, options, counting);
        if (!counting.HasErrors && images.Count == 0)
        {
            sink.Report(DevSpaceDiagnostics.NoImages.At(new SourceLocation(file), Path.GetFileName(file),
                options.Profiles.Count == 0 ? "" : $" with the profiles {string.Join(", ", options.Profiles)}"));
        }

        return counting.HasErrors ? [] : images;
    }

    /// <summary>Describes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="dockerfile">Full path of the Dockerfile to build it from.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="sink">Gets BK61xx.</param>
    internal static ImageDescription Describe(DevSpaceImage image, string dockerfile, DevSpaceOptions options, IDiagnosticSink sink)
    {
        var description = new ImageDescription(image.Name, image.Location);
        var reference = ImageReference.TryParse(image.Image)!;
        description.Set("BuildKitImageSource", "Dockerfile");
        description.Set("BuildKitDockerfile", dockerfile);
        description.Set("BuildKitContext", image.Context);
        description.Set("BuildKitTargetStage", image.Target);
        description.Set("BuildKitNetwork", image.Network);
        description.Set("ContainerRegistry", reference.Registry);
        description.Set("ContainerRepository", reference.Repository);
        description.Set("BuildKitForce", image.AlwaysRebuild ? "true" : "");
        description.Set("BuildKitPush", image.SkipPush ? "false" : "");
        SetTags(description, image, options, sink);
        if (reference.Registry.Length == 0 && !image.SkipPush)
        {
            sink.Report(DevSpaceDiagnostics.NoRegistry.At(image.Location, image.Image, options.Registry.Length > 0
                ? $"to {options.Registry} (ContainerRegistry)"
                : "into the local engine; set ContainerRegistry (docker.io, for example) to push it"));
        }

        foreach (var (name, value) in image.BuildArguments)
        {
            description.AddBuildArgument(name, value);
        }

        new BuildxArguments(description, Path.GetDirectoryName(image.Location.File)!, sink)
        {
            Registry = reference.Registry.Length > 0 ? reference.Registry : options.Registry,
        }.Read(image.Arguments);
        if (image.InlineCache)
        {
            description.Add("BuildKitCacheTo", "inline", ("Type", "inline"));
        }

        return description;
    }

    private static void SetTags(ImageDescription description, DevSpaceImage image, DevSpaceOptions options, IDiagnosticSink sink)
    {
        if (options.TagsAreGiven)
        {
            return;
        }

        if (image.Tags.Count == 0)
        {
            sink.Report(DevSpaceDiagnostics.RandomTag.At(image.Location, image.Name));
            return;
        }

        description.Set("ContainerImageTags", string.Join(';', image.Tags.Select(tag =>
            string.Concat(tag.Select(c => c == '#' ? PredefinedVariables.Random(1) : c.ToString())))));
    }
}
