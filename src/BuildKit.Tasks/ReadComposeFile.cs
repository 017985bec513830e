using BuildKit.Core.Compose;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads the images of compose files.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ReadComposeFile : ImageFileTask
{
    internal override Task RunAsync()
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        Leave(ComposeImages.Describe([.. ValueList.Split(Files).Select(file => FullPath("BuildKitComposeFile", file))], new ComposeOptions
        {
            Services = ValueList.Split(Services),
            Profiles = ValueList.Split(Profiles),
            Dockerfile = Dockerfile.Length == 0 ? "" : Path.GetFullPath(Path.Combine(folder, Dockerfile.Replace('\\', '/'))),
            TagsAreGiven = Tags.Length > 0,
            IntermediateFolder = Path.Combine(IntermediateFolder, "compose"),
            Environment = EnvironmentVariables,
        }, Sink));
        return Task.CompletedTask;
    }
}
