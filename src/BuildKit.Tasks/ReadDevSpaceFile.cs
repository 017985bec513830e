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
        var images = DevSpaceImages.Describe(
            FullPath("BuildKitDevSpaceFile", Project["BuildKitDevSpaceFile"]), DevSpaceOptions.Of(Project) with { Cancellation = Cancellation.Graceful }, Sink);
        Leave(images);
        DefinesImages = true;
        if (BuildPurposes.Of(Project) == BuildPurpose.Import && !Log.HasLoggedErrors)
        {
            ItemFile.Write(Project.PathOf("BuildKitImportFile"), images, Sink);
        }

        return Task.CompletedTask;
    }
}
