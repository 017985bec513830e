using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>What the tasks share that read images from another file: the items that the file stands for.</summary>
public abstract class ImageFileTask : BuildKitTask
{
    /// <summary>Tags that the project names itself; then those of the file do not count.</summary>
    public string Tags { get; set; } = "";

    /// <summary>Full path of the folder for Dockerfiles that have to be written.</summary>
    [Required]
    public string IntermediateFolder { get; set; } = "";

    /// <summary>Items <c>BuildKitImageDefinition</c>.</summary>
    [Output]
    public ITaskItem[] Definitions { get; private set; } = [];

    /// <summary>Items <c>BuildKitBuildArg</c>.</summary>
    [Output]
    public ITaskItem[] BuildArguments => Items("BuildKitBuildArg");

    /// <summary>Items <c>BuildKitSecret</c>.</summary>
    [Output]
    public ITaskItem[] Secrets => Items("BuildKitSecret");

    /// <summary>Items <c>BuildKitSsh</c>.</summary>
    [Output]
    public ITaskItem[] SshAgents => Items("BuildKitSsh");

    /// <summary>Items <c>BuildKitNamedContext</c>.</summary>
    [Output]
    public ITaskItem[] NamedContexts => Items("BuildKitNamedContext");

    /// <summary>Items <c>BuildKitExtraHost</c>.</summary>
    [Output]
    public ITaskItem[] ExtraHosts => Items("BuildKitExtraHost");

    /// <summary>Items <c>BuildKitOutput</c>.</summary>
    [Output]
    public ITaskItem[] Outputs => Items("BuildKitOutput");

    /// <summary>Items <c>ContainerLabel</c>.</summary>
    [Output]
    public ITaskItem[] Labels => Items("ContainerLabel");

    /// <summary>Items <c>BuildKitCacheFrom</c>.</summary>
    [Output]
    public ITaskItem[] CacheFrom => Items("BuildKitCacheFrom");

    /// <summary>Items <c>BuildKitCacheTo</c>.</summary>
    [Output]
    public ITaskItem[] CacheTo => Items("BuildKitCacheTo");

    /// <summary>Items <c>BuildKitBuildOption</c>.</summary>
    [Output]
    public ITaskItem[] BuildOptions => Items("BuildKitBuildOption");

    private IReadOnlyList<ImageDescription> Images { get; set; } = [];

    /// <summary>Full path of a file that the project names.</summary>
    /// <exception cref="DiagnosticException">BK6101.</exception>
    internal string FullPath(string property, string path)
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        var full = Path.GetFullPath(Path.Combine(folder, ValueList.Unquote(path).Replace('\\', '/')));
        return System.IO.File.Exists(full) ? full : throw new DiagnosticException(
            DevSpaceDiagnostics.FileNotFound.At(ProjectFileLocation.Of(ProjectFile, property), property, path, folder));
    }

    /// <summary>Makes the items.</summary>
    internal void Leave(IReadOnlyList<ImageDescription> images)
    {
        Images = images;
        Definitions = [.. images.Select(image => TaskItems.Item(image.Name, image.Metadata))];
    }

    private ITaskItem[] Items(string name) =>
        [.. Images.SelectMany(image => image.Items.Where(item => item.ItemName == name)
            .Select(item => TaskItems.Item(item.Include, new Dictionary<string, string>(item.Metadata) { ["Image"] = image.Name })))];
}
