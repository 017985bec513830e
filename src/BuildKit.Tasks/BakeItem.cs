using BuildKit.Core.Bakes;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>A project of a bake as an MSBuild item: the project, and the <c>File</c> in which all else stands.</summary>
internal static class BakeItem
{
    /// <summary>The item of a project.</summary>
    public static ITaskItem Of(string projectFile, BakeProjectFiles files) =>
        TaskItems.Item(projectFile, new Dictionary<string, string> { ["File"] = files.Images });

    /// <summary>The files of an item's project.</summary>
    public static BakeProjectFiles FilesOf(ITaskItem item) => new(item.GetMetadata("File"));
}
