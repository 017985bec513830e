using BuildKit.Core.DevSpace;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads the images of devspace.yaml; when they are imported, writes them as MSBuild items too. BK2001, BK61xx.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadDevSpaceFile : ImageFileTask
{
    internal override Task RunAsync()
    {
        var file = FullPath("BuildKitDevSpaceFile", Project["BuildKitDevSpaceFile"]);
        var options = DevSpaceOptions.Of(Project) with { Cancellation = Cancellation.Graceful };
        Leave(BuildPurposes.Of(Project) == BuildPurpose.Import
            ? DevSpaceImport.Write(file, Project.PathOf("BuildKitImportFile"), options, Sink)
            : DevSpaceImages.Describe(file, options, Sink));
        DefinesImages = true;
        return Task.CompletedTask;
    }
}
