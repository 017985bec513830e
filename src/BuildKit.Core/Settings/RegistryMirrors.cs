using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>
/// Reads <c>BuildKitRegistryMirror</c>: where base images are fetched from instead. Each image that matches gets a
/// named context of its own name, which is how BuildKit replaces an image without a change of the Dockerfile.
/// </summary>
internal static class RegistryMirrors
{
    private const string Syntax = "BUILDKIT_SYNTAX";

    /// <summary>Adds mirrors of the base images of published files.</summary>
    public static BuildRequest ForPublishOutput(BuildRequest request, ImageSettings settings, SettingDiagnostics diagnostics) =>
        Add(request, request.PublishOutput!.All.Select(output => output.BaseImage), Read(settings, diagnostics));

    /// <summary>Adds mirrors of all images that a Dockerfile names, and of the one that its syntax line names.</summary>
    public static BuildRequest ForDockerfile(BuildRequest request, Dockerfile dockerfile, ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var mirrors = Read(settings, diagnostics);
        if (mirrors.Count == 0)
        {
            return request;
        }

        request = Add(request, ExternalImages.Of(dockerfile, request.ArgumentValues), mirrors);
        return dockerfile.Directives.TryGetValue("syntax", out var frontend) && Map(frontend, mirrors) is { } mirror
            && request.BuildArguments.All(argument => argument.Name != Syntax)
            ? request with { BuildArguments = [.. request.BuildArguments, new BuildArgument(Syntax, mirror)] }
            : request;
    }

    /// <summary>The image of a mirror; null when none matches. The longest name that matches decides.</summary>
    internal static string? Map(string image, IReadOnlyList<KeyValuePair<string, string>> mirrors)
    {
        if (ImageReference.TryParse(image) is not { } reference || image.Contains('$', StringComparison.Ordinal))
        {
            return null;
        }

        var full = (reference.Registry.Length > 0 ? reference
            : reference with
            {
                Registry = "docker.io",
                Repository = reference.Repository.Contains('/', StringComparison.Ordinal)
                        ? reference.Repository
                        : "library/" + reference.Repository
            }).ToString();
        return mirrors.Where(mirror => IsBelow(full, mirror.Key) && !IsBelow(full, mirror.Value))
            .OrderByDescending(mirror => mirror.Key.Length)
            .Select(mirror => mirror.Value + full[mirror.Key.Length..]).FirstOrDefault();
    }

    // Behind a registry a colon begins a port, behind a repository a tag.
    private static bool IsBelow(string image, string name) =>
        image.StartsWith(name, StringComparison.Ordinal) && image.Length > name.Length
        && (image[name.Length] == '/' || (image[name.Length] is ':' or '@' && name.Contains('/', StringComparison.Ordinal)));

    private static BuildRequest Add(BuildRequest request, IEnumerable<string> images, IReadOnlyList<KeyValuePair<string, string>> mirrors)
    {
        var contexts = request.NamedContexts.ToList();
        foreach (var image in images.Distinct().Where(image => contexts.TrueForAll(context => context.Name != image)))
        {
            if (Map(image, mirrors) is { } mirror)
            {
                contexts.Add(new NamedContext(image, NamedContext.ImageScheme + mirror, IsMirror: true));
            }
        }

        return request with { NamedContexts = contexts };
    }

    private static List<KeyValuePair<string, string>> Read(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var mirrors = new List<KeyValuePair<string, string>>();
        foreach (var item in settings.ItemsOf("BuildKitRegistryMirror"))
        {
            var (name, mirror) = (item.Include.Trim().TrimEnd('/'), item["Mirror"].TrimEnd('/'));
            if (name == "index.docker.io")
            {
                name = "docker.io";
            }

            if (!IsName(name) || !IsName(mirror))
            {
                diagnostics.Add(PropertyDiagnostics.InvalidName.At(
                    ProjectFileLocation.Of(settings.ProjectFile, "BuildKitRegistryMirror", item.Include),
                    "The registry mirror", $"{item.Include} -> {item["Mirror"]}",
                    "write a registry with or without a path, and the one to use as Mirror, for example <BuildKitRegistryMirror "
                        + "Include=\"mcr.microsoft.com\" Mirror=\"registry.example.com/mcr\" />"));
            }

            mirrors.Add(new(name, mirror));
        }

        return mirrors;
    }

    private static bool IsName(string text)
    {
        var parts = text.Split('/', 2);
        return ImageReference.IsRegistry(parts[0]) && (parts.Length == 1 || ImageReference.IsRepository(parts[1]));
    }
}
