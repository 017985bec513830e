using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>Finds the Dockerfile and its build context.</summary>
internal static class DockerfilePaths
{
    // Ours first, then Visual Studio's, the deprecated one last.
    private static readonly string[] Properties = ["BuildKitDockerfile", "DockerfilePath", "DockerfileFile"];

    /// <summary>Whether the project names a Dockerfile.</summary>
    public static bool IsNamed(ProjectSettings settings) => Properties.Any(property => settings[property].Length > 0);

    /// <summary>Full path of the Dockerfile, and the property that says so.</summary>
    public static (string Path, string Property) Find(ProjectSettings settings)
    {
        var property = Properties.FirstOrDefault(name => settings[name].Length > 0);
        return property is null
            ? (Path.Combine(settings.ProjectFolder, "Dockerfile"), "BuildKitDockerfile")
            : (settings.FullPath(settings[property]), property);
    }

    /// <summary>The Dockerfile that the project uses: the named one, else the one beside it unless published files take its place.</summary>
    /// <returns>Full path; empty when there is none.</returns>
    public static string Used(ProjectSettings settings) =>
        IsNamed(settings) ? Find(settings).Path
        : File.Exists(Find(settings).Path) && !SwitchText.IsOn(settings["BuildKitReplacePublishContainer"]) ? Find(settings).Path : "";

    /// <summary>Adds the build context: named, else Visual Studio's, else inferred from what the Dockerfile copies.</summary>
    /// <param name="request">The request so far.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="diagnostics">BK2010, BK3002.</param>
    public static BuildRequest WithContext(
        BuildRequest request, ImageSettings settings, Dockerfile dockerfile, SettingDiagnostics diagnostics)
    {
        var named = settings["BuildKitContext"];
        var described = settings["_BuildKitDescribedIn"];
        var origin = described.Length > 0 ? $"the context of {settings.Name} in {Path.GetFileName(described)}" : "BuildKitContext";
        if (NamedContext.HasScheme(named))
        {
            diagnostics.Add(NamedContext.CheckUrl(origin, named, described.Length > 0 ? DescribedIn(settings) : diagnostics.At("BuildKitContext")));
            return request with { Context = named, ContextReason = origin };
        }

        if (named.Length > 0)
        {
            return Existing(request, settings, settings.FullPath(named), origin, diagnostics);
        }

        var visualStudio = settings["DockerfileContext"];
        if (visualStudio.Length > 0)
        {
            return Existing(
                request, settings, settings.FullPath(visualStudio, Path.GetDirectoryName(request.Dockerfile)), "DockerfileContext", diagnostics);
        }

        var found = ContextLocator.Locate(request.Dockerfile, dockerfile, projectFile: settings.ProjectFile, arguments: request.ArgumentValues);
        return request with { Context = found.Directory, ContextReason = found.Reason };
    }

    private static SourceLocation DescribedIn(ImageSettings settings) =>
        new(settings["_BuildKitDescribedIn"], int.TryParse(settings["_BuildKitDescribedLine"], out var line) ? line : 0);

    private static BuildRequest Existing(BuildRequest request, ImageSettings settings, string path, string origin, SettingDiagnostics diagnostics)
    {
        if (!Directory.Exists(path))
        {
            var isProperty = origin is "BuildKitContext" or "DockerfileContext";
            diagnostics.Add(DockerfileDiagnostics.ContextNotFound.At(
                isProperty ? diagnostics.At(origin) : DescribedIn(settings),
                path, origin,
                isProperty ? $" (its path is relative to the {(origin == "BuildKitContext" ? "project's" : "Dockerfile's")} folder)" : ""));
        }

        return request with { Context = Path.TrimEndingDirectorySeparator(path), ContextReason = origin };
    }
}
