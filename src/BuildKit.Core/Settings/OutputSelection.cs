using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>
/// Decides what becomes of the image: pushed when there is a registry, loaded into the engine when there is none;
/// an archive takes their place, as in the SDK; items add more.
/// </summary>
internal static class OutputSelection
{
    /// <summary>The outputs.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="tags">References of the image.</param>
    /// <param name="diagnostics">BK2001, BK2008, BK2019, BK5006.</param>
    public static IReadOnlyList<BuildOutput> Read(
        ImageSettings settings, IReadOnlyList<ImageReference> tags, SettingDiagnostics diagnostics)
    {
        var outputs = new List<BuildOutput>();
        var archive = settings["ContainerArchiveOutputPath"];
        if (archive.Length > 0)
        {
            outputs.Add(new BuildOutput(
                Format(settings, diagnostics) == "OCI" ? OutputKind.OciArchive : OutputKind.DockerArchive,
                ArchivePath(settings, archive, tags)));
        }

        foreach (var item in settings.ItemsOf("BuildKitOutput"))
        {
            diagnostics.Add(ReadItem(settings, item, tags, outputs, diagnostics));
        }

        var hasRegistry = tags.Any(tag => tag.Registry.Length > 0);
        var push = diagnostics.Switch("BuildKitPush") ?? (hasRegistry && outputs.Count == 0 && !IsFromFork(settings, tags, diagnostics));
        var load = diagnostics.Switch("BuildKitLoad") ?? (!push && outputs.Count == 0);
        if (push && !hasRegistry)
        {
            diagnostics.Add(PropertyDiagnostics.OutputsContradict, "BuildKitPush",
                "BuildKitPush is true, but there is no registry to push to",
                "Set ContainerRegistry, or take BuildKitPush back to load the image into the engine.");
        }

        if (push && outputs.TrueForAll(output => output.Kind != OutputKind.Push))
        {
            outputs.Insert(0, new BuildOutput(OutputKind.Push));
        }

        if (load && outputs.TrueForAll(output => output.Kind != OutputKind.Load))
        {
            outputs.Insert(0, new BuildOutput(OutputKind.Load));
        }

        if (outputs.Exists(output => output.Kind == OutputKind.Load))
        {
            CheckLocalRegistry(settings, diagnostics);
        }

        CheckFiles(outputs, diagnostics);
        return outputs.Count > 0 ? outputs : [new BuildOutput(OutputKind.CacheOnly)];
    }

    // The SDK's name of the engine that an image is loaded into.
    private static void CheckLocalRegistry(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        if (settings["LocalRegistry"].Equals("Podman", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "LocalRegistry",
                "LocalRegistry Podman",
                "there is no BuildKit in it. Set ContainerRegistry, or ContainerArchiveOutputPath, whose archive \"podman load\" reads.");
        }

        diagnostics.Choice("LocalRegistry");
    }

    // A fork has no right to push, and where it had, a stranger's code would get the team's tag.
    private static bool IsFromFork(ImageSettings settings, IReadOnlyList<ImageReference> tags, SettingDiagnostics diagnostics)
    {
        if (CiSystems.Find(settings.Environment) is not { IsFork: true } run)
        {
            return false;
        }

        diagnostics.Add(ResultDiagnostics.NotPushedFromFork.With(tags[0], run.PullRequest));
        return true;
    }

    /// <summary>The media types that are asked for: empty, <c>OCI</c> or <c>Docker</c>.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="diagnostics">BK2001.</param>
    public static string Format(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        switch (settings["ContainerImageFormat"].ToLowerInvariant())
        {
            case "":
                return "";
            case "oci":
                return "OCI";
            case "docker":
                return "Docker";
            default:
                diagnostics.Add(PropertyDiagnostics.ValueNotAccepted, "ContainerImageFormat", "ContainerImageFormat",
                    settings["ContainerImageFormat"], "OCI or Docker", "");
                return "";
        }
    }

    /// <summary>
    /// The outputs of an image for several platforms: an archive of Docker's form holds one only, so it is made in
    /// OCI's, as the SDK does; <c>docker load</c> reads it where the engine has the containerd image store.
    /// </summary>
    public static BuildRequest ForPlatforms(BuildRequest request) => request.Platforms.Count < 2 ? request : request with
    {
        Outputs = [
            .. request.Outputs.Select(output => output.Kind == OutputKind.DockerArchive ? output with { Kind = OutputKind.OciArchive } : output)],
    };

    private static Diagnostic? ReadItem(
        ImageSettings settings, SettingItem item, IReadOnlyList<ImageReference> tags, List<BuildOutput> outputs, SettingDiagnostics diagnostics)
    {
        var type = item["Type"].Length > 0 ? item["Type"] : item.Include;
        if (!BuildOutput.Kinds.TryGetValue(type, out var kind))
        {
            return PropertyDiagnostics.ValueNotAccepted.At(
                diagnostics.At("BuildKitOutput"), "The BuildKitOutput item", type, "registry, image, oci, oci-layout, docker, local or cacheonly",
                "");
        }

        var path = item["Path"];
        if (kind is OutputKind.Folder or OutputKind.OciFolder or OutputKind.OciArchive or OutputKind.DockerArchive)
        {
            if (path.Length == 0)
            {
                return PropertyDiagnostics.OutputsContradict.At(
                    diagnostics.At("BuildKitOutput"), $"The BuildKitOutput \"{type}\" has no Path", "Add Path=\"...\" to the item.");
            }

            path = kind is OutputKind.Folder or OutputKind.OciFolder ? settings.FullPath(path) : ArchivePath(settings, path, tags);
        }

        outputs.Add(new BuildOutput(kind, path));
        return null;
    }

    // The SDK's rule: a folder gets a file named after the repository.
    private static string ArchivePath(ImageSettings settings, string path, IReadOnlyList<ImageReference> tags)
    {
        var full = settings.FullPath(path);
        var isFolder = path.EndsWith('/') || path.EndsWith('\\') || Directory.Exists(full);
        return isFolder ? Path.Combine(full, (tags.Count > 0 ? tags[0].Repository : settings.Name) + ".tar.gz") : full;
    }

    private static void CheckFiles(List<BuildOutput> outputs, SettingDiagnostics diagnostics)
    {
        var written = outputs.Where(output => output.Path.Length > 0).ToList();
        if (written.Select(output => output.Path).Distinct().Count() < written.Count)
        {
            diagnostics.Add(PropertyDiagnostics.OutputsContradict, "BuildKitOutput",
                $"Two outputs go to \"{written[0].Path}\"", "Give one of them another Path.");
        }

        if (outputs.Exists(output => output.Kind == OutputKind.CacheOnly) && outputs.Count > 1)
        {
            diagnostics.Add(PropertyDiagnostics.OutputsContradict, "BuildKitOutput",
                "The output \"cacheonly\" excludes all others", "Remove it, or the others.");
        }

        foreach (var output in written)
        {
            if (output.IsArchive && Directory.Exists(output.Path))
            {
                diagnostics.Add(ResultDiagnostics.OutputNotWritable, "BuildKitOutput", output.Path, "it is a folder");
            }
            else if (output.Kind is OutputKind.Folder or OutputKind.OciFolder && File.Exists(output.Path))
            {
                diagnostics.Add(ResultDiagnostics.OutputNotWritable, "BuildKitOutput", output.Path, "it is a file");
            }
        }
    }
}
