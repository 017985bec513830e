using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace BuildKit.Tasks;

/// <summary>Finds the projects of a bake: those that are named, and those of solutions. BK6201, BK6208.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectProjects : BuildKitTask
{
    /// <summary>MSBuild's own description of the solution that is built; empty for none.</summary>
    public string SolutionContents { get; set; } = "";

    /// <summary>The projects, each once, with full paths and the metadata of their items.</summary>
    [Output]
    public ITaskItem[] Projects { get; private set; } = [];

    internal override async Task RunAsync()
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        var found = Core.Bakes.SolutionContents.ProjectsOf(SolutionContents).Select(project => (ITaskItem)Item(new TaskItem(project.Path), project))
            .ToList();
        foreach (var item in TaskItems.OfKind(Items, "BuildKitProject"))
        {
            var path = ProjectPath.Full(folder, item.ItemSpec);
            var location = ProjectFileLocation.Of(ProjectFile, "BuildKitProject", item.ItemSpec);
            var isSolution = SolutionProjects.IsSolution(path);
            IReadOnlyList<SolutionProject> projects = isSolution && File.Exists(path)
                ? await SolutionProjects.ReadAsync(path, Project["Configuration"], Project["Platform"], location, Cancellation.Graceful)
                    .ConfigureAwait(false)
                : [new SolutionProject(path, "", "")];
            foreach (var project in projects.Where(project => project.Path != ProjectFile))
            {
                if (File.Exists(project.Path))
                {
                    found.Add(Item(item, project));
                    continue;
                }

                Sink.Report(isSolution && projects.Count > 0 && project.Path != path
                    ? BakeDiagnostics.ProjectNotFound.At(new SourceLocation(path), project.Path, Path.GetDirectoryName(path))
                    : BakeDiagnostics.ProjectNotFound.At(location, item.ItemSpec, folder));
            }
        }

        Projects = [.. found.DistinctBy(project => (project.ItemSpec, project.GetMetadata("AdditionalProperties")))];
    }

    private static TaskItem Item(ITaskItem named, SolutionProject project)
    {
        var item = new TaskItem(named) { ItemSpec = project.Path };
        string[] properties =
        [
            named.GetMetadata("AdditionalProperties"),
            project.Configuration.Length > 0 ? "Configuration=" + project.Configuration : "",
            project.Platform.Length > 0 ? "Platform=" + project.Platform : "",
        ];
        item.SetMetadata("AdditionalProperties", string.Join(';', properties.Where(text => text.Length > 0)));
        return item;
    }
}
