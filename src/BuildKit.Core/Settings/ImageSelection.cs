using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>
/// What is known of a project's images before it is published: whether it makes any, which, and what they need. The
/// targets ask here and decide nothing themselves.
/// </summary>
public sealed record ImageSelection
{
    /// <summary>The images: names, and metadata with the names of properties.</summary>
    public IReadOnlyList<SettingItem> Images { get; init; } = [];

    /// <summary>Whether publishing the project makes its images: by itself, or in the bake that publishes it.</summary>
    public bool Wanted { get; init; }

    /// <summary>Whether publishing makes them by itself, here.</summary>
    public bool MadeHere { get; init; }

    /// <summary>Whether <c>PublishContainer</c> makes them instead of the SDK.</summary>
    public bool ReplacesPublishContainer { get; init; }

    /// <summary>Whether they are made in one bake with those of the solution that is published.</summary>
    public bool MeetsInBake { get; init; }

    /// <summary>Whether several images of the project are made in one bake, wherever the project makes them by itself.</summary>
    public bool BakesImages { get; init; }

    /// <summary>Whether publishing the project bakes the images of others, its <c>BuildKitProject</c> items.</summary>
    public bool BakesProjects { get; init; }

    /// <summary>Whether one of the images is made from published files.</summary>
    public bool FromPublish { get; init; }

    /// <summary>Whether the project has to be published first, once.</summary>
    public bool PublishesOnce { get; init; }

    /// <summary>Runtime identifiers that it has to be published for, each by itself; none for one publish.</summary>
    public IReadOnlyList<string> Runtimes { get; init; } = [];

    /// <summary>Selects the images.</summary>
    /// <param name="project">What the project says.</param>
    public static ImageSelection Of(ProjectSettings project)
    {
        if (project["DesignTimeBuild"] == "true")
        {
            return new ImageSelection();
        }

        var kind = new ProjectKind(project);
        var named = project.AllOf("BuildKitImageDefinition");
        var images = Only(
                named.Count > 0 || project["_BuildKitImagesFromFile"] == "true" ? named : [DefaultImage(project)], project["BuildKitOnlyImage"])
            .Select(image => (Item: image, Settings: project.ForImage(image.Include, image.Metadata)))
            .Select(image => (image.Item, image.Settings, Source: ImageSources.Select(image.Settings, new SettingDiagnostics(image.Settings))))
            .ToList();
        if (BuildPurposes.Of(project) == BuildPurpose.Check)
        {
            // An image of published files has no Dockerfile to check.
            images.RemoveAll(image => image.Source == ImageSource.PublishOutput);
        }

        var fromPublish = images.Exists(image => image.Source == ImageSource.PublishOutput);
        var needsPublish = fromPublish || images.Exists(image => CopiesPublishedFiles(image.Settings));
        var runtimes = RuntimesOf(project, fromPublish, needsPublish);
        var bakes = project.AllOf("BuildKitProject").Count > 0;
        var wanted = kind.MakesImages(hasDefinitions: named.Count > 0) && project.IsEnabled();
        var madeHere = wanted && !bakes && project["_BuildKitBaking"] != "true" && project["_BuildKitOneRuntime"] != "true"
            && BuildPurposes.Of(project) == BuildPurpose.Build;
        return new ImageSelection
        {
            Images = [.. images.Select(image => image.Item)],
            Wanted = wanted,
            MadeHere = madeHere,
            ReplacesPublishContainer = kind.HasContainerOfSdk(hasDefinitions: named.Count > 0)
                && project.IsOnOrWrong("BuildKitReplacePublishContainer"),
            MeetsInBake = madeHere && !needsPublish && kind.IsPublishedWithSolution && project.IsOnOrWrong("BuildKitBakeSolution"),
            BakesImages = images.Count > 1 && project.IsOnOrWrong("BuildKitBakeImages"),
            BakesProjects = bakes && !kind.IsInsideImageBuild && project.IsEnabled(),
            FromPublish = fromPublish,
            PublishesOnce = needsPublish && runtimes.Count == 0,
            Runtimes = runtimes,
        };
    }

    /// <summary>Refuses a BuildKitOnlyImage that is no image of the project, unless other projects are built with the same property.</summary>
    /// <param name="project">What the project says.</param>
    /// <param name="selection">Its images.</param>
    /// <returns>BK6126; null when all is well.</returns>
    public static Diagnostic? CheckOnlyImage(ProjectSettings project, ImageSelection selection)
    {
        var wanted = project["BuildKitOnlyImage"];
        var amongOthers = project["_BuildKitBaking"] == "true" || project["SolutionPath"] is not ("" or "*Undefined*");
        if (wanted.Length == 0 || selection.Images.Count > 0 || amongOthers || project["DesignTimeBuild"] == "true"
            || BuildPurposes.Of(project) == BuildPurpose.Check)
        {
            return null;
        }

        var named = project.AllOf("BuildKitImageDefinition").Select(image => image.Include).ToList();
        var there = named.Count == 0 && project["_BuildKitImagesFromFile"] != "true" ? [DefaultImage(project).Include] : named;
        return DevSpaceDiagnostics.UnknownImage.At(project.At("BuildKitOnlyImage"), wanted,
            there.Count == 0 ? "the project has no image to build" : "the project has " + string.Join(", ", there));
    }

    /// <summary>The image of a project that defines none.</summary>
    public static SettingItem DefaultImage(ProjectSettings project) => new(
        project["AssemblyName"] is { Length: > 0 } assembly ? assembly : Path.GetFileNameWithoutExtension(project.ProjectFile),
        new Dictionary<string, string>());

    // An image that is wanted alone is made with what it is built on.
    private static IReadOnlyList<SettingItem> Only(IReadOnlyList<SettingItem> images, string only) => only.Length == 0 ? images
        : ImageDescription.WithBuiltOn(images, images.Where(image => image.Include.Equals(only, StringComparison.OrdinalIgnoreCase)),
            image => image.Include, image => image.Metadata.GetValueOrDefault(ImageDescription.BuiltOn, ""));

    private static bool CopiesPublishedFiles(ImageSettings settings) =>
        DockerfilePaths.Find(settings).Path is var path && File.Exists(path) && PublishContext.IsUsed(settings, Dockerfile.Load(path));

    // The SDK's own rule: ContainerRuntimeIdentifiers before RuntimeIdentifiers, and neither when one is chosen. A Dockerfile
    // that copies from "publish" gets a publish for each of the former: its platforms are those.
    private static IReadOnlyList<string> RuntimesOf(ProjectSettings project, bool fromPublish, bool needsPublish) =>
        !needsPublish || project["ContainerRuntimeIdentifier"].Length > 0 || project["RuntimeIdentifier"].Length > 0
            || project["BuildKitPlatforms"].Length > 0 ? []
        : project.IsSet("ContainerRuntimeIdentifiers") ? project.List("ContainerRuntimeIdentifiers")
        : fromPublish && project["IsRidAgnostic"] != "true" ? project.List("RuntimeIdentifiers") : [];
}
