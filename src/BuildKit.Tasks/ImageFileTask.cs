using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>What the tasks share that read images from another file: the items that the file stands for.</summary>
public abstract class ImageFileTask : BuildKitTask
{
    /// <summary>Whether the file says which images there are, also when it has none.</summary>
    [Output]
    public bool DefinesImages { get; internal set; }

    /// <summary>Items <c>BuildKitImageDefinition</c>.</summary>
    [Output]
    public ITaskItem[] Definitions { get; private set; } = [];

    /// <summary>Items <c>BuildKitBuildArg</c>.</summary>
    [Output]
    public ITaskItem[] BuildArguments => Described("BuildKitBuildArg");

    /// <summary>Items <c>BuildKitSecret</c>.</summary>
    [Output]
    public ITaskItem[] Secrets => Described("BuildKitSecret");

    /// <summary>Items <c>BuildKitSsh</c>.</summary>
    [Output]
    public ITaskItem[] SshAgents => Described("BuildKitSsh");

    /// <summary>Items <c>BuildKitNamedContext</c>.</summary>
    [Output]
    public ITaskItem[] NamedContexts => Described("BuildKitNamedContext");

    /// <summary>Items <c>BuildKitExtraHost</c>.</summary>
    [Output]
    public ITaskItem[] ExtraHosts => Described("BuildKitExtraHost");

    /// <summary>Items <c>BuildKitOutput</c>.</summary>
    [Output]
    public ITaskItem[] Outputs => Described("BuildKitOutput");

    /// <summary>Items <c>ContainerLabel</c>.</summary>
    [Output]
    public ITaskItem[] Labels => Described("ContainerLabel");

    /// <summary>Items <c>BuildKitCacheFrom</c>.</summary>
    [Output]
    public ITaskItem[] CacheFrom => Described("BuildKitCacheFrom");

    /// <summary>Items <c>BuildKitCacheTo</c>.</summary>
    [Output]
    public ITaskItem[] CacheTo => Described("BuildKitCacheTo");

    /// <summary>Items <c>BuildKitBuildOption</c>.</summary>
    [Output]
    public ITaskItem[] BuildOptions => Described("BuildKitBuildOption");

    private IReadOnlyList<ImageDescription> Images { get; set; } = [];

    /// <summary>Full path of a file that the project names.</summary>
    /// <exception cref="DiagnosticException">BK6101.</exception>
    internal string FullPath(string property, string path)
    {
        var full = Project.FullPath(path);
        return File.Exists(full) ? full : throw new DiagnosticException(
            DevSpaceDiagnostics.FileNotFound.At(ProjectFileLocation.Of(ProjectFile, property), property, path, Project.ProjectFolder));
    }

    /// <summary>Makes the items.</summary>
    internal void Leave(IReadOnlyList<ImageDescription> images)
    {
        Images = images;
        // Diagnostics about what the file says point at the file.
        Definitions = [.. images.Select(image => TaskItems.Item(image.Name, new Dictionary<string, string>(image.Metadata)
        {
            ["_BuildKitDescribedIn"] = image.Location.File,
            ["_BuildKitDescribedLine"] = image.Location.Line.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }))];
    }

    private ITaskItem[] Described(string name) =>
        [.. Images.SelectMany(image => image.Items.Where(item => item.ItemName == name)
            .Select(item => TaskItems.Item(item.Include, new Dictionary<string, string>(item.Metadata) { ["Image"] = image.Name })))];
}
