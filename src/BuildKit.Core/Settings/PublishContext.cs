using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>The context of a thin Dockerfile, which copies the published files with <c>COPY --from=publish</c>.</summary>
internal static class PublishContext
{
    private const string Name = "publish";

    /// <summary>Whether a Dockerfile copies from the published files; a stage or an item of that name comes first.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="dockerfile">The Dockerfile.</param>
    public static bool IsUsed(ImageSettings settings, Dockerfile dockerfile) =>
        settings.HasPublish && dockerfile.FindStage(Name) is null
        && settings.ItemsOf("BuildKitNamedContext").All(item => item.Include != Name)
        && dockerfile.Instructions.Any(instruction => instruction.Flags.Any(flag => flag.Name == "from" && flag.Value == Name));

    /// <summary>Adds it, when the Dockerfile copies from it; a stage or an item of that name comes first.</summary>
    /// <param name="request">The request so far, with platforms and named contexts.</param>
    /// <param name="settings">The project's settings; with several publishes each platform gets its own files.</param>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="diagnostics">BK2019.</param>
    public static BuildRequest Add(BuildRequest request, ImageSettings settings, Dockerfile dockerfile, SettingDiagnostics diagnostics)
    {
        if (!IsUsed(settings, dockerfile))
        {
            return request;
        }

        IReadOnlyList<ImageSettings> publishes = settings.Runtimes.Count > 0 ? settings.Runtimes : [settings];
        if (publishes.Count == 1 && request.Platforms.Count > 1 && settings["RuntimeIdentifier"] is { Length: > 0 } runtime)
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "BuildKitPlatforms",
                $"One publish for {runtime} in an image for {string.Join(", ", request.Platforms)}",
                "its program runs on one of them only. Take RuntimeIdentifier back (then the files are for all), or name the platforms "
                    + "as ContainerRuntimeIdentifiers and take BuildKitPlatforms back: then each gets a publish of its own.");
        }

        var folders = publishes.Select(publish => new NamedContextFolder(
            Platform.TryParseRuntimeIdentifier(publish["_BuildKitPublishedFor"]) ?? new Platform("", ""),
            FolderOf(settings, publish))).ToList();
        if (folders.Select(folder => folder.Platform).Distinct().Count() < folders.Count)
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "ContainerRuntimeIdentifiers",
                "An image with two runtime identifiers of one platform", "a client could get only one of them. Name each platform once.");
        }

        var context = new NamedContext(Name, folders[0].Folder) { Platforms = folders.Count > 1 ? folders : [] };
        return request with { NamedContexts = [.. request.NamedContexts, context] };
    }

    // A check runs before there are published files, and needs none: any folder will do.
    private static string FolderOf(ImageSettings settings, ImageSettings publish)
    {
        var folder = settings.FullPath(publish["PublishDir"]);
        return BuildPurposes.Of(settings) == BuildPurpose.Check && !Directory.Exists(folder)
            ? Path.GetDirectoryName(settings.ProjectFile)! : folder;
    }
}
